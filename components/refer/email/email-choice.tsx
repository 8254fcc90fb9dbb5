"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";

type EmailChoiceProps = {
  action: FormAction;
  on: boolean;
  words: { state: string; change: string };
};

/** Whether email about friends and rewards comes, and the other choice. */
export function EmailChoice({ action, on, words }: EmailChoiceProps) {
  return (
    <ActionForm action={action} className="gap-3">
      <p className="text-sm/6">{words.state}</p>
      <input type="hidden" name="granted" value={on ? "false" : "true"} />
      <div>
        <SubmitButton variant="secondary" size="sm">
          {words.change}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
