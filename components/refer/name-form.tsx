"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";

type NameFormProps = {
  action: FormAction;
  name: string;
  words: { label: string; hint: string; save: string; saved: string };
};

/** The name by which friends know who invites them. */
export function NameForm({ action, name, words }: NameFormProps) {
  return (
    <ActionForm action={action} successMessage={words.saved} className="gap-3">
      <Field name="name" label={words.label} hint={words.hint} required>
        <Input defaultValue={name} maxLength={80} autoComplete="given-name" />
      </Field>
      <div>
        <SubmitButton variant="secondary">{words.save}</SubmitButton>
      </div>
    </ActionForm>
  );
}
