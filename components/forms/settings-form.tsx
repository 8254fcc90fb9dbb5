"use client";

import type { ReactNode } from "react";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "./action-form";
import { FormActions } from "./form-actions";
import { SubmitButton } from "./submit-button";

type SettingsFormProps<T> = { action: FormAction<T>; className?: string; children: ReactNode };

/** Settings that are saved where they stand: the button and its answer stay in sight. */
export function SettingsForm<T>({ action, className, children }: SettingsFormProps<T>) {
  const toast = useToast();
  return (
    <ActionForm
      action={action}
      watched="fields"
      onSuccess={() => toast({ message: "Saved.", tone: "good" })}
      className={className}
    >
      {children}
      <FormActions sticky>
        <SubmitButton>Save</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
