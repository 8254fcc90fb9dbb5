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
  kept: "Nothing changes; the customer gets your answer.",
  released: "It is issued at once, before the return window is over.",
  voided: "It is withdrawn at once.",
  replaced: "The same reward, given by you; the first one stays as it is.",
};

type AnswerDialogProps = {
  action: FormAction<null>;
  questionId: string;
  outcomes: QuestionOutcome[];
};

/** Answers a question about a reward: what is done, and the words that the customer reads. */
export function AnswerDialog({ action, questionId, outcomes }: AnswerDialogProps) {
  const toast = useToast();
  const decide: FormAction<null> = async (previous, form) => {
    const result = await action(previous, form);
    if (result.ok) toast({ message: "Answered. The customer is told.", tone: "good" });
    return result;
  };
  return (
    <Dialog
      title="Answer the question"
      description="Your words go to the customer as they are."
      trigger={<Button variant="primary">Answer…</Button>}
    >
      {(close) => (
        <ActionForm action={decide} onSuccess={close}>
          <input type="hidden" name="questionId" value={questionId} />
          <RadioGroup
            name="outcome"
            legend="What happens"
            defaultValue="kept"
            look="list"
            choices={outcomes.map((outcome) => ({
              value: outcome,
              label: QUESTION_OUTCOME_LABELS[outcome],
              hint: HINTS[outcome],
            }))}
          />
          <Field name="answer" label="Your answer" hint="It also goes on record, with your name.">
            <Textarea rows={4} maxLength={1_000} className="min-h-24" />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton variant="primary">Send the answer</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
