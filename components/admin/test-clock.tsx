"use client";

import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Select } from "@/components/ui/controls/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";

/** What the clock came to, in words, and whether everything that fell due is done. */
type Moved = { now: string; settled: boolean };

/** As ISO 8601, what the API calls `advance`. */
const STEPS = [
  { value: "P1D", label: "1 day" },
  { value: "P7D", label: "1 week" },
  { value: "P14D", label: "2 weeks" },
  { value: "P31D", label: "31 days" },
  { value: "P92D", label: "3 months" },
  { value: "P366D", label: "1 year" },
];

type TestClockProps = { action: FormAction<Moved>; now: string };

/** Moves the clock of test mode forward: holds end, rewards expire, as they would. */
export function TestClock({ action, now }: TestClockProps) {
  const toast = useToast();
  const tell = ({ now: then, settled }: Moved) =>
    toast({
      message: settled
        ? `In test mode it is now ${then}.`
        : `In test mode it is now ${then}. Some of what fell due is still being done.`,
      tone: "good",
    });
  return (
    <Dialog
      title="Move the test clock"
      description={
        <>
          In test mode it is {now}. The clock moves forward only: what falls due until then, such as
          the end of a hold, happens at once.
        </>
      }
      trigger={
        <button type="button" className="font-medium underline underline-offset-3">
          {now}
        </button>
      }
    >
      {(close) => (
        <ActionForm
          action={action}
          onSuccess={(moved) => {
            close();
            tell(moved);
          }}
        >
          <Field name="advance" label="Forward by" required>
            <Select options={STEPS} defaultValue="P14D" autoFocus />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>Move the clock</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
