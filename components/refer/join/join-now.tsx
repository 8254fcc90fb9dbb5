"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";

type JoinNowProps = { action: FormAction; button: string; note: string };

/** One button, for someone who is signed in already. */
export function JoinNow({ action, button, note }: JoinNowProps) {
  return (
    <ActionForm action={action} className="gap-4">
      <SubmitButton size="lg" block>
        {button}
      </SubmitButton>
      <p className="text-[0.8125rem]/5 text-ink-muted">{note}</p>
    </ActionForm>
  );
}
