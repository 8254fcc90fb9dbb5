"use client";

import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import type { Side } from "@/lib/terms/schema";
import type { FormTexts } from "./form-texts";

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
  credit: "A balance that your shop reads and spends.",
  cash: "You deliver it yourself and mark it as delivered.",
  points: "Added to their points.",
  gift: "You deliver it yourself and mark it as delivered.",
};

type Props = { texts: FormTexts; currency: string };

/** What both sides get, and when the friend gets it. */
export function RewardFields({ texts, currency }: Props) {
  return (
    <div className="flex flex-col gap-6">
      <SideFields side="friend" texts={texts} currency={currency} />
      {texts.friendBenefit === "none" ? (
        <input type="hidden" name="friendOn" value={texts.friendOn} />
      ) : (
        <RadioGroup
          name="friendOn"
          legend="When the friend gets it"
          defaultValue={texts.friendOn}
          choices={[
            { value: "join", label: "At once, on accepting the invitation" },
            {
              value: "qualified",
              label: "Once the referral qualifies, together with the advocate",
            },
          ]}
        />
      )}
      <hr className="border-line" />
      <SideFields side="advocate" texts={texts} currency={currency} />
    </div>
  );
}

/**
 * What one side gets. Fields that do not apply are left out; what was typed in them comes back with
 * them.
 */
function SideFields({ side, texts, currency }: Props & { side: Side }) {
  const kind = texts[`${side}Benefit`] ?? "none";
  const isMoney = kind === "amount_off" || kind === "credit" || kind === "cash";
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name={`${side}Benefit`}
          label={side === "friend" ? "The friend gets" : "The advocate gets"}
          hint={HINTS[kind]}
        >
          <Select options={CHOICES[side]} defaultValue={kind} />
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
          label="Estimated cost per unit"
          optional
          hint="Counts towards the budget and your return on investment."
          className="sm:max-w-[calc(50%-0.5rem)]"
        >
          <MoneyInput currency={currency} defaultValue={texts[`${side}UnitCost`]} />
        </Field>
      ) : null}
    </div>
  );
}
