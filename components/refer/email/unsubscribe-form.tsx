"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";

/** The one button that stops email about a program. */
export function UnsubscribeForm({ action, button }: { action: FormAction; button: string }) {
  return (
    <ActionForm action={action}>
      <div>
        <SubmitButton>{button}</SubmitButton>
      </div>
    </ActionForm>
  );
}
