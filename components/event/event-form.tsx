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

/** A conversion entered by a member. */
export function EventForm({ action, currency, today, cancelHref }: EventFormProps) {
  const [kind, setKind] = useState("purchase");
  return (
    <ActionForm action={action}>
      <RadioGroup
        name="kind"
        legend="What happened"
        look="segments"
        value={kind}
        onValueChange={setKind}
        choices={[
          { value: "purchase", label: "A purchase" },
          { value: "goal", label: "A goal was reached" },
        ]}
      />
      <Field
        name="customer"
        label="Who"
        hint="Their email address, or your shop’s id for them. A new address becomes a new customer."
      >
        <Input
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          placeholder="ben@example.com"
        />
      </Field>
      {kind === "purchase" ? (
        <div className="grid gap-5 sm:grid-cols-2">
          <Field
            name="orderId"
            label="Order number"
            hint="An order counts once, however often it is entered."
          >
            <Input autoComplete="off" maxLength={200} />
          </Field>
          <Field name="total" label="Total paid">
            <MoneyInput currency={currency} />
          </Field>
        </div>
      ) : (
        <Field name="goal" label="Type of the goal" hint="As in your program, like trial_started.">
          <Input
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
            className="font-mono"
          />
        </Field>
      )}
      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="on" label="Day">
          <Input type="date" defaultValue={today} max={today} />
        </Field>
        <Field
          name="code"
          label="Share code"
          optional
          hint="If they named one, they count as a friend of its owner."
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
        <SubmitButton>Enter</SubmitButton>
        <ButtonLink variant="quiet" href={cancelHref}>
          Cancel
        </ButtonLink>
      </FormActions>
    </ActionForm>
  );
}
