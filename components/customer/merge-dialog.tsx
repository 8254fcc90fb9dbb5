"use client";

import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Dialog } from "@/components/ui/overlays/dialog";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";

/** A record as one tells it from the other. */
type RecordChoice = { id: string; label: string; hint: string };

type MergeDialogProps = { one: RecordChoice; other: RecordChoice; action: FormAction<null> };

/** Asks which of two records of one person remains, and merges them. */
export function MergeDialog({ one, other, action }: MergeDialogProps) {
  const toast = useToast();
  const merge: FormAction<null> = async (previous, form) => {
    const result = await action(previous, form);
    if (result.ok) toast({ message: "Records merged.", tone: "good" });
    return result;
  };
  return (
    <Dialog
      title="Merge these records?"
      description={
        "Balances, orders, referrals, codes and choices move to the record that remains. " +
        "You can undo this later."
      }
      trigger={<Button size="sm">Merge…</Button>}
    >
      {(close) => (
        <ActionForm action={merge} onSuccess={close}>
          <input type="hidden" name="oneId" value={one.id} />
          <input type="hidden" name="otherId" value={other.id} />
          <RadioGroup
            name="keep"
            legend="Which record remains?"
            defaultValue="one"
            choices={[
              { value: "one", label: one.label, hint: one.hint },
              { value: "other", label: other.label, hint: other.hint },
            ]}
          />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton variant="primary">Merge records</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
