"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/controls/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Textarea } from "@/components/ui/controls/input";
import { useToast } from "@/components/ui/overlays/toast";
import { ActionForm } from "./action-form";
import { SubmitButton } from "./submit-button";
import type { FormAction } from "@/lib/core/action-result";

type ReasonDialogProps = {
  action: FormAction<null>;
  /** What the action is about, sent along unseen. */
  fields: Record<string, string>;
  title: string;
  description: ReactNode;
  /** Who will read the reason. */
  hint: string;
  confirmLabel: string;
  /** Shown once it is done. */
  done: string;
  undo?: () => Promise<void>;
  /** Whether it takes something from someone, which most decisions do. */
  isDanger?: boolean;
  trigger: ReactNode;
};

/** Asks for the reason of a decision, which goes on record. */
export function ReasonDialog({
  action,
  fields,
  title,
  description,
  hint,
  confirmLabel,
  done,
  undo,
  isDanger = true,
  trigger,
}: ReasonDialogProps) {
  const toast = useToast();
  // Shown here and not after a render, because the decision may remove this button from the page.
  const decide: FormAction<null> = async (previous, form) => {
    const result = await action(previous, form);
    if (result.ok) toast({ message: done, tone: "good", ...(undo && { undo: { run: undo } }) });
    return result;
  };
  return (
    <Dialog title={title} description={description} trigger={trigger}>
      {(close) => (
        <ActionForm action={decide} onSuccess={close}>
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Field name="reason" label="Reason" hint={hint}>
            <Textarea rows={3} maxLength={300} className="min-h-20" autoFocus />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton variant={isDanger ? "danger" : "primary"}>{confirmLabel}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
