"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";

type AnswerFormProps = {
  action: FormAction;
  button: string;
  /** Sent along unseen. */
  hidden: Record<string, string>;
  /** `quiet` for what few will want. */
  look?: "large" | "quiet";
};

/** One button. */
export function AnswerForm({ action, button, hidden, look = "large" }: AnswerFormProps) {
  return (
    <ActionForm action={action}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {look === "large" ? (
        <SubmitButton size="lg" block>
          {button}
        </SubmitButton>
      ) : (
        <div>
          <SubmitButton variant="secondary" size="sm">
            {button}
          </SubmitButton>
        </div>
      )}
    </ActionForm>
  );
}
