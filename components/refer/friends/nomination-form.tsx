"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";

type NominationFormProps = {
  action: FormAction;
  orderId: string;
  words: { label: string; hint: string; send: string };
};

/** One field: who told you. */
export function NominationForm({ action, orderId, words }: NominationFormProps) {
  return (
    <ActionForm action={action} className="mt-4 gap-3">
      <input type="hidden" name="orderId" value={orderId} />
      <Field name="said" label={words.label} hint={words.hint}>
        <Input maxLength={200} autoComplete="off" />
      </Field>
      <div>
        <SubmitButton variant="secondary">{words.send}</SubmitButton>
      </div>
    </ActionForm>
  );
}
