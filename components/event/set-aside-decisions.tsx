"use client";

import { ActionButton } from "../forms/action-button";
import { ActionForm } from "../forms/action-form";
import { ReasonDialog } from "../forms/reason-dialog";
import { SubmitButton } from "../forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { FormAction } from "@/lib/core/action-result";

type SetAsideDecisionsProps = {
  eventId: string;
  /** Whom the event says it is about. */
  customer: string;
  retry: FormAction<null>;
  /** Null where the event does not name its customer. */
  correct: FormAction<null> | null;
  /** Null for members who may not discard. */
  discard: FormAction<null> | null;
};

/** What a member can do about an event that failed. */
export function SetAsideDecisions(props: SetAsideDecisionsProps) {
  const { eventId, customer, retry, correct, discard } = props;
  return (
    <>
      {discard ? (
        <ReasonDialog
          action={discard}
          fields={{ eventId }}
          title="Discard this event?"
          description="It stays on record and counts for nothing. This can’t be undone."
          hint="Recorded with the event, for your team."
          confirmLabel="Discard"
          done="Event discarded."
          trigger={<Button>Discard…</Button>}
        />
      ) : null}
      {correct ? <CorrectDialog eventId={eventId} customer={customer} correct={correct} /> : null}
      <ActionButton variant="primary" action={retry} fields={{ eventId }} done="Event processed.">
        Retry now
      </ActionButton>
    </>
  );
}

type CorrectDialogProps = { eventId: string; customer: string; correct: FormAction<null> };

function CorrectDialog({ eventId, customer, correct }: CorrectDialogProps) {
  return (
    <Dialog
      title="Who is this event about?"
      description={
        "The event is recorded again for this customer and processed. " +
        "What was received stays on record."
      }
      trigger={<Button>Correct customer…</Button>}
    >
      {(close) => (
        <ActionForm action={correct} onSuccess={close}>
          <input type="hidden" name="eventId" value={eventId} />
          <Field
            name="customer"
            label="Customer"
            hint="An email address, or the ID of a known customer."
          >
            <Input defaultValue={customer} maxLength={254} autoFocus />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>Correct and process</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
