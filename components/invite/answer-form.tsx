"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";

type AnswerFormProps = {
  action: FormAction;
  button: string;
  /** Sent along unseen. */
  hidden: Record<string, string>;
};

/** One button. */
export function AnswerForm({ action, button, hidden }: AnswerFormProps) {
  return (
    <ActionForm action={action}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton size="lg" block>
        {button}
      </SubmitButton>
    </ActionForm>
  );
}
