"use client";

import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import type { ItemKind } from "@/lib/loyalty/catalogue/schema/item";
import { type ItemForm, lasts } from "@/lib/loyalty/catalogue/schema/item-form";

export type Choice = { id: string; name: string };

/** What an item can be. */
export const BENEFIT_KINDS: { value: ItemKind; label: string; hint: string }[] = [
  { value: "amount_off", label: "Amount off", hint: "A coupon code for one order." },
  { value: "percent_off", label: "Percentage off", hint: "A coupon code for one order." },
  { value: "free_shipping", label: "Free shipping", hint: "A coupon code for one order." },
  { value: "credit", label: "Store credit", hint: "Added to their balance." },
  { value: "gift", label: "Gift or experience", hint: "You deliver it and mark it as delivered." },
  {
    value: "event_access",
    label: "Event ticket",
    hint: "You deliver it and mark it as delivered.",
  },
  {
    value: "donation",
    label: "Donation",
    hint: "You donate in their name and mark it as delivered.",
  },
];

type BenefitFieldsProps = {
  values: ItemForm;
  kind: ItemKind;
  codes: ItemForm["codes"];
  currency: string;
  pools: readonly Choice[];
};

/** The fields of the benefit that was chosen. */
export function BenefitFields({ values, kind, codes, currency, pools }: BenefitFieldsProps) {
  const hasCode = kind === "amount_off" || kind === "percent_off" || kind === "free_shipping";
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <WorthFields values={values} kind={kind} currency={currency} />
        {lasts(kind) ? (
          <Field
            name="validDays"
            label="Valid for"
            optional
            hint="Counted from the day it is redeemed. Leave empty for no expiry."
          >
            <Input
              inputMode="numeric"
              autoComplete="off"
              suffix="days"
              defaultValue={values.validDays}
            />
          </Field>
        ) : null}
      </div>
      {hasCode ? <CodeFields values={values} codes={codes} pools={pools} /> : null}
    </div>
  );
}

function WorthFields({
  values,
  kind,
  currency,
}: Pick<BenefitFieldsProps, "values" | "kind" | "currency">) {
  if (kind === "amount_off" || kind === "credit")
    return (
      <Field name="amount" label="Amount">
        <MoneyInput currency={currency} defaultValue={values.amount} />
      </Field>
    );
  if (kind === "percent_off")
    return (
      <Field name="percent" label="Percentage">
        <Input inputMode="decimal" autoComplete="off" suffix="%" defaultValue={values.percent} />
      </Field>
    );
  if (kind === "donation")
    return (
      <>
        <Field name="amount" label="Amount">
          <MoneyInput currency={currency} defaultValue={values.amount} />
        </Field>
        <Field name="donationTo" label="Recipient">
          <Input maxLength={120} autoComplete="off" defaultValue={values.donationTo} />
        </Field>
      </>
    );
  if (kind === "free_shipping") return null;
  return (
    <>
      <Field
        name="title"
        label={kind === "gift" ? "Gift" : "Event"}
        hint="Shown on the receipt and in your list of deliveries."
      >
        <Input maxLength={120} autoComplete="off" defaultValue={values.title} />
      </Field>
      {kind === "event_access" ? (
        <Field name="eventAt" label="Date and time" optional>
          <Input type="datetime-local" defaultValue={values.eventAt} />
        </Field>
      ) : null}
    </>
  );
}

function CodeFields({
  values,
  codes,
  pools,
}: Pick<BenefitFieldsProps, "values" | "codes" | "pools">) {
  return (
    <>
      <RadioGroup
        name="codes"
        legend="Codes"
        defaultValue={values.codes}
        choices={[
          {
            value: "own",
            label: "Generated here",
            hint: "A unique code for every customer, like GW-7K2Q-M4XP.",
          },
          { value: "pattern", label: "Generated here, to your pattern" },
          {
            value: "pool",
            label: "From a pool of yours",
            disabled: pools.length === 0,
            hint:
              pools.length === 0
                ? "Upload codes under Rewards first."
                : "Sold out once the pool is empty. Only you can void a code that was shown.",
          },
        ]}
      />
      {codes === "pattern" ? (
        <Field
          name="pattern"
          label="Pattern"
          hint="Capital letters, digits, - and _. Each # is a random character; use at least 6."
        >
          <Input
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            className="font-mono sm:max-w-72"
            placeholder="THANKS-######"
            defaultValue={values.pattern}
          />
        </Field>
      ) : null}
      {codes === "pool" ? (
        <Field name="poolId" label="Pool" className="sm:max-w-72">
          <Select
            defaultValue={values.poolId}
            placeholder="Choose a pool"
            options={pools.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      ) : null}
    </>
  );
}
