"use client";

import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Textarea } from "@/components/ui/controls/input";
import type { FormAction } from "@/lib/core/action-result";

type MessageFormProps = {
  words: Record<
    "message" | "messageHint" | "messageSave" | "messageSaved" | "messageReset",
    string
  >;
  action: FormAction;
  message: string;
  suggestion: string;
  onChange: (message: string) => void;
};

/** The words that go out with the link, and the way back to the suggested ones. */
export function MessageForm({ words, action, message, suggestion, onChange }: MessageFormProps) {
  return (
    <ActionForm action={action} successMessage={words.messageSaved} className="gap-3">
      <Field name="message" label={words.message} hideLabel hint={words.messageHint}>
        <Textarea
          rows={3}
          maxLength={400}
          value={message}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <SubmitButton variant="secondary" size="sm">
          {words.messageSave}
        </SubmitButton>
        {message !== suggestion ? (
          <Button variant="quiet" size="sm" onClick={() => onChange(suggestion)}>
            {words.messageReset}
          </Button>
        ) : null}
      </div>
    </ActionForm>
  );
}
