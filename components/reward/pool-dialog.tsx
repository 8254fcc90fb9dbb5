"use client";

import type { ReactNode } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";

type PoolDialogProps<T> = {
  action: FormAction<T>;
  /** The pool to edit; without one a new pool is made. */
  pool?: { id: string; name: string; lowAt: number };
  trigger: ReactNode;
};

/** Names a pool of coupon codes and sets when to warn that few are left. */
export function PoolDialog<T>({ action, pool, trigger }: PoolDialogProps<T>) {
  return (
    <Dialog title={pool ? "Edit pool" : "New coupon pool"} trigger={trigger}>
      {(close) => (
        <ActionForm action={action} onSuccess={close}>
          {pool ? <input type="hidden" name="poolId" value={pool.id} /> : null}
          <Field
            name="name"
            label="Name"
            required
            hint="For example “Spring, 10% off”. Only your team sees it."
          >
            <Input maxLength={80} autoComplete="off" defaultValue={pool?.name} autoFocus />
          </Field>
          <Field
            name="lowAt"
            label="Warn when fewer codes than this are left"
            hint="Owners and admins get one email, and the overview shows a warning."
          >
            <Input inputMode="numeric" defaultValue={String(pool?.lowAt ?? 50)} className="w-32" />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>{pool ? "Save" : "Create pool"}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
