"use client";

import { useState } from "react";
import { ActionForm } from "../forms/action-form";
import { FormActions } from "../forms/form-actions";
import { SubmitButton } from "../forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import type { FormAction } from "@/lib/core/action-result";

type EventFormProps = {
  action: FormAction<null>;
  currency: string;
  /** As 2026-11-21, in the shop's zone. */ today: string;
  cancelHref: string;
};

/** A purchase or another conversion that a member adds by hand. */
export function EventForm({ action, currency, today, cancelHref }: EventFormProps) {
  const [kind, setKind] = useState("purchase");
  return (
    <ActionForm action={action} watched="fields">
      <RadioGroup
        name="kind"
        legend="What happened"
        look="segments"
        value={kind}
        onValueChange={setKind}
        choices={[
          { value: "purchase", label: "Purchase" },
          { value: "goal", label: "Goal reached" },
        ]}
      />
      <Field
        name="customer"
        label="Customer"
        hint="Their email or your own ID for them. A new email creates a customer."
      >
        <Input
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          placeholder="ben@example.com"
        />
      </Field>
      {kind === "purchase" ? <PurchaseFields currency={currency} /> : <GoalField />}
      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="on" label="Date">
          <Input type="date" defaultValue={today} max={today} />
        </Field>
        <Field
          name="code"
          label="Share code"
          optional
          hint="If they gave one, they count as a friend of its owner."
        >
          <Input
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            className="font-mono"
          />
        </Field>
      </div>
      <FormActions>
        <SubmitButton>Add event</SubmitButton>
        <ButtonLink variant="quiet" href={cancelHref}>
          Cancel
        </ButtonLink>
      </FormActions>
    </ActionForm>
  );
}

function PurchaseFields({ currency }: { currency: string }) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field
        name="orderId"
        label="Order number"
        hint="Each order counts once, however often you add it."
      >
        <Input autoComplete="off" maxLength={200} />
      </Field>
      <Field name="total" label="Total paid">
        <MoneyInput currency={currency} />
      </Field>
    </div>
  );
}

function GoalField() {
  return (
    <Field name="goal" label="Goal" hint="As named in your program, such as trial_started.">
      <Input
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        className="font-mono"
      />
    </Field>
  );
}
