"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";

type EmailFormProps<T extends { email: string } | null> = {
  action: FormAction<T>;
  label: string;
  placeholder: string;
  button: string;
  hint?: string;
  /** Sent along unseen. */
  hidden?: Record<string, string>;
  /** What pressing the button means, in small print below it. */
  note?: string;
  /** Shown once an email is on its way; `{email}` in the body stands for the email address. */
  sent?: { title: string; body: string };
};

/** One field and one button. */
export function EmailForm<T extends { email: string } | null>(props: EmailFormProps<T>) {
  const { action, label, placeholder, button, hint, hidden = {}, note, sent } = props;
  return (
    // The browser checks first: without script, a refusal costs a page.
    <ActionForm action={action} noValidate={false} className="gap-4 aria-busy:opacity-70">
      {({ result }) => (
        <>
          {sent && result?.ok && result.data ? (
            <Alert tone="good" title={sent.title} live>
              {sent.body.replace("{email}", result.data.email)}
            </Alert>
          ) : null}
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Field name="email" label={label} hint={hint} required>
            <Input
              large
              type="email"
              inputMode="email"
              autoComplete="email"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={254}
              placeholder={placeholder}
              {...(result?.ok === false && {
                defaultValue: result.typed?.email,
                autoFocus: true,
              })}
            />
          </Field>
          <SubmitButton size="lg" block>
            {button}
          </SubmitButton>
          {note ? <p className="text-[0.8125rem]/5 text-ink-muted">{note}</p> : null}
        </>
      )}
    </ActionForm>
  );
}
