"use client";

import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Textarea } from "@/components/ui/controls/input";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { QUESTION_OUTCOME_LABELS, type QuestionOutcome } from "@/lib/desk/schema";

const HINTS: Record<QuestionOutcome, string> = {
  kept: "Nothing changes. The customer gets your answer.",
  released: "It is issued now, before its hold ends.",
  voided: "The customer can no longer use it.",
  replaced: "The customer gets the same reward from you. The first one stays as it is.",
};

type AnswerDialogProps = {
  action: FormAction<null>;
  questionId: string;
  outcomes: QuestionOutcome[];
};

/** Answers a question about a reward: what happens to it, and what the customer reads. */
export function AnswerDialog({ action, questionId, outcomes }: AnswerDialogProps) {
  const toast = useToast();
  const decide: FormAction<null> = async (previous, form) => {
    const result = await action(previous, form);
    if (result.ok) toast({ message: "Answer sent.", tone: "good" });
    return result;
  };
  return (
    <Dialog
      title="Answer the question"
      description="The customer reads your answer on the reward’s page and by email."
      trigger={<Button variant="primary">Answer…</Button>}
    >
      {(close) => (
        <ActionForm action={decide} onSuccess={close}>
          <input type="hidden" name="questionId" value={questionId} />
          <RadioGroup
            name="outcome"
            legend="What happens to the reward"
            defaultValue="kept"
            look="list"
            choices={outcomes.map((outcome) => ({
              value: outcome,
              label: QUESTION_OUTCOME_LABELS[outcome],
              hint: HINTS[outcome],
            }))}
          />
          <Field name="answer" label="Your answer" hint="It is kept on record with your name.">
            <Textarea rows={4} maxLength={1_000} className="min-h-24" />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton variant="primary">Send answer</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
