"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";

/** Lets a type of event count from web pages. */
export function AllowEventDialog({ action }: { action: FormAction<void> }) {
  return (
    <Dialog title="Allow an event" trigger={<Button>Allow an event</Button>}>
      {(close) => (
        <ActionForm action={action} onSuccess={close}>
          <Field
            name="type"
            label="Type of event"
            required
            hint="The type your pages send, such as “trial_started”."
          >
            <Input autoComplete="off" spellCheck={false} maxLength={64} className="font-mono" />
          </Field>
          <Field
            name="perDay"
            label="Daily limit"
            required
            hint="In each program, within 24 hours. Anything beyond doesn’t count."
          >
            <Input inputMode="numeric" defaultValue="20" className="figure" />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>Allow</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
