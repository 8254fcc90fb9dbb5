"use client";

import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { NOMINATION_STATE_LABELS, type NominationState } from "@/lib/nominations/schema";

type NominationDecisionProps = {
  action: FormAction<{ state: NominationState }>;
  nominationId: string;
  /** Of the advocate who was found. */
  code: string | null;
};

/** Lets a member decide which advocate brought a customer. */
export function NominationDecision({ action, nominationId, code }: NominationDecisionProps) {
  const toast = useToast();
  const decide: FormAction<{ state: NominationState }> = async (previous, form) => {
    const result = await action(previous, form);
    if (result.ok) {
      const { state } = result.data;
      toast({
        message: `${NOMINATION_STATE_LABELS[state]}.`,
        tone: state === "accepted" ? "good" : "neutral",
      });
    }
    return result;
  };
  return (
    <Dialog
      title="Who brought this customer?"
      description="Accepting starts a referral with the order. The program’s rules still apply."
      trigger={<Button size="sm">Decide…</Button>}
    >
      {(close) => (
        <ActionForm action={decide} onSuccess={close}>
          <input type="hidden" name="nominationId" value={nominationId} />
          <RadioGroup
            name="decision"
            legend="Decision"
            hideLegend
            look="segments"
            defaultValue="accept"
            choices={[
              { value: "accept", label: "Accept" },
              { value: "reject", label: "Reject" },
            ]}
          />
          <Field
            name="code"
            label="The advocate’s code"
            hint={
              code
                ? "Change it if another advocate is meant."
                : "No match found. Search for the advocate at the desk."
            }
          >
            <Input defaultValue={code ?? ""} autoCapitalize="characters" />
          </Field>
          <Field
            name="reason"
            label="Reason"
            hint="Required to reject. It is kept on record."
            optional
          >
            <Input maxLength={300} />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton variant="primary">Save decision</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
