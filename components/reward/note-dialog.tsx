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

/** Edits the note that a reward's owner reads. */
export function NoteDialog({ action, rewardId, note, trigger }: NoteDialogProps) {
  return (
    <Dialog title="Note for the customer" trigger={trigger}>
      {(close) => (
        <ActionForm action={action} onSuccess={close}>
          <input type="hidden" name="rewardId" value={rewardId} />
          <Field
            name="note"
            label="Note"
            hint="A tracking number, a seat. Shown on their receipt; leave empty to remove it."
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
