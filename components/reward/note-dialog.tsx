"use client";

import type { ReactNode } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";

type NoteDialogProps = {
  action: FormAction<null>;
  rewardId: string;
  note: string | null;
  trigger: ReactNode;
};

/** Writes what a reward's owner is told about it. */
export function NoteDialog({ action, rewardId, note, trigger }: NoteDialogProps) {
  return (
    <Dialog title="Note for its owner" trigger={trigger}>
      {(close) => (
        <ActionForm action={action} onSuccess={close}>
          <input type="hidden" name="rewardId" value={rewardId} />
          <Field
            name="note"
            label="Note"
            hint="A tracking number, a seat. It stands on their receipt; leave it empty to take it away."
          >
            <Input maxLength={300} autoComplete="off" defaultValue={note ?? ""} autoFocus />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>Save</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
