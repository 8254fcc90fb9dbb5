"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";

type AliasFormProps = {
  action: FormAction;
  alias: string | null;
  words: { label: string; hint: string; save: string; change: string; remove: string };
};

/** A name for the leaderboard; only customers with one appear on it. */
export function AliasForm({ action, alias, words }: AliasFormProps) {
  return (
    <div className="flex flex-col gap-3">
      <ActionForm action={action} className="gap-3">
        <Field name="alias" label={words.label} hint={words.hint}>
          <Input defaultValue={alias ?? ""} maxLength={60} autoComplete="nickname" />
        </Field>
        <div>
          <SubmitButton variant="secondary">
            {alias === null ? words.save : words.change}
          </SubmitButton>
        </div>
      </ActionForm>
      {alias === null ? null : (
        <ActionForm action={action}>
          <input type="hidden" name="remove" value="yes" />
          <div>
            <SubmitButton variant="quiet" size="sm">
              {words.remove}
            </SubmitButton>
          </div>
        </ActionForm>
      )}
    </div>
  );
}
