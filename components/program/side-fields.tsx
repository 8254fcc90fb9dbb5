"use client";

import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import type { Side } from "@/lib/programs/schema";

/** Texts by field, as they stand in the form now. */
export type FormTexts = Readonly<Record<string, string>>;

const CHOICES: Record<Side, { value: string; label: string }[]> = {
  friend: [
    { value: "amount_off", label: "An amount off" },
    { value: "percent_off", label: "A percentage off" },
    { value: "free_shipping", label: "Free shipping" },
    { value: "credit", label: "Store credit" },
    { value: "cash", label: "Cash" },
    { value: "points", label: "Points" },
    { value: "gift", label: "A gift" },
    { value: "none", label: "Nothing" },
  ],
  advocate: [
    { value: "credit", label: "Store credit" },
    { value: "amount_off", label: "An amount off" },
    { value: "percent_off", label: "A percentage off" },
    { value: "free_shipping", label: "Free shipping" },
    { value: "cash", label: "Cash" },
    { value: "points", label: "Points" },
    { value: "gift", label: "A gift" },
    { value: "none", label: "Nothing" },
  ],
};

const HINTS: Record<string, string> = {
  amount_off: "As a coupon code of their own, for one order.",
  percent_off: "As a coupon code of their own, for one order.",
  free_shipping: "As a coupon code of their own, for one order.",
  credit: "Kept as a balance that your shop reads and spends.",
  cash: "You hand it over yourself, and mark it as done.",
  points: "Added to their points.",
  gift: "You hand it over yourself, and mark it as done.",
};

type SideFieldsProps = {
  side: Side;
  texts: FormTexts;
  currency: string;
  /** What the rules say, where this form has no fields for it; null when it has. */
  kept: string | null;
};

/**
 * What one side gets. Fields that do not apply are left out; what was typed in them comes back with
 * them.
 */
export function SideFields({ side, texts, currency, kept }: SideFieldsProps) {
  const kind = texts[`${side}Benefit`] ?? "none";
  const isMoney = kind === "amount_off" || kind === "credit" || kind === "cash";
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name={`${side}Benefit`}
          label={side === "friend" ? "The friend gets" : "The advocate gets"}
          hint={kind === "kept" ? kept : HINTS[kind]}
        >
          <Select
            options={[
              ...(kept === null ? [] : [{ value: "kept", label: "As the rules say" }]),
              ...CHOICES[side],
            ]}
            defaultValue={kind}
          />
        </Field>
        {isMoney ? (
          <Field name={`${side}Amount`} label="How much">
            <MoneyInput currency={currency} defaultValue={texts[`${side}Amount`]} />
          </Field>
        ) : null}
        {kind === "percent_off" ? (
          <Field name={`${side}Amount`} label="How much">
            <Input
              inputMode="decimal"
              autoComplete="off"
              suffix="%"
              defaultValue={texts[`${side}Amount`]}
            />
          </Field>
        ) : null}
        {kind === "points" ? (
          <Field name={`${side}Amount`} label="How many">
            <Input
              inputMode="numeric"
              autoComplete="off"
              suffix="points"
              defaultValue={texts[`${side}Amount`]}
            />
          </Field>
        ) : null}
        {kind === "gift" ? (
          <Field
            name={`${side}Gift`}
            label="What it is"
            hint="In your customers’ words, like “a tasting for two”."
          >
            <Input maxLength={120} autoComplete="off" defaultValue={texts[`${side}Gift`]} />
          </Field>
        ) : null}
      </div>
      {kind === "percent_off" || kind === "gift" || kind === "free_shipping" ? (
        <Field
          name={`${side}UnitCost`}
          label="What one costs you, about"
          optional
          hint="Counts against the budget and in what the program earns you."
          className="sm:max-w-[calc(50%-0.5rem)]"
        >
          <MoneyInput currency={currency} defaultValue={texts[`${side}UnitCost`]} />
        </Field>
      ) : null}
    </div>
  );
}
