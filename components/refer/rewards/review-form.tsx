"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Field } from "@/components/ui/controls/field";
import { Textarea } from "@/components/ui/controls/input";

type ReviewFormProps = {
  action: FormAction;
  rewardId: string;
  words: { label: string; hint: string; send: string };
};

/** A customer's question about one of their rewards. */
export function ReviewForm({ action, rewardId, words }: ReviewFormProps) {
  return (
    <ActionForm action={action} className="mt-4 gap-3">
      <input type="hidden" name="rewardId" value={rewardId} />
      <Field name="message" label={words.label} hint={words.hint}>
        <Textarea rows={3} maxLength={1_000} className="min-h-20" />
      </Field>
      <div>
        <SubmitButton variant="secondary">{words.send}</SubmitButton>
      </div>
    </ActionForm>
  );
}
