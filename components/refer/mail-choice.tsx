"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";

type MailChoiceProps = {
  action: FormAction;
  on: boolean;
  words: { state: string; change: string };
};

/** Whether mail about friends and rewards comes, and the other choice. */
export function MailChoice({ action, on, words }: MailChoiceProps) {
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
