"use client";

import type { ReactNode } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { useToast } from "@/components/ui/overlays/toast";

type PaidDialogProps = {
  action: FormAction<null>;
  batchId: string;
  description: ReactNode;
  trigger: ReactNode;
};

/** Marks a payout as paid, with its reference at the bank. */
export function PaidDialog({ action, batchId, description, trigger }: PaidDialogProps) {
  const toast = useToast();
  const pay: FormAction<null> = async (previous, form) => {
    const result = await action(previous, form);
    if (result.ok) toast({ message: "Marked as paid. We’ll email everyone in it.", tone: "good" });
    return result;
  };
  return (
    <Dialog title="Mark as paid" description={description} trigger={trigger}>
      {(close) => (
        <ActionForm action={pay} onSuccess={close}>
          <input type="hidden" name="batchId" value={batchId} />
          <Field
            name="reference"
            label="Reference"
            optional
            hint="How to find it at your bank. Also shown in the emails."
          >
            <Input maxLength={200} autoComplete="off" autoFocus />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>Mark as paid</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
