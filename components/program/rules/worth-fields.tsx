"use client";

import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import type { BenefitForm, WorthForm } from "@/lib/terms/form/shape";
import { triggerKind } from "@/lib/terms/kinds/triggers";
import type { RuleTriggerKind } from "@/lib/terms/schema";
import { deliveryOf, hasAmount } from "@/lib/terms/kinds/benefits";
import { CalculatorFields } from "./calculator-fields";
import { useEditorShop } from "./editor/editor-context";
import { isoAt } from "./iso-at";

const BENEFITS: readonly { value: BenefitForm["kind"]; label: string; hint: string }[] = [
  {
    value: "credit",
    label: "Store credit",
    hint: "Kept as a balance that your shop reads and spends.",
  },
  { value: "points", label: "Points", hint: "Added to their points." },
  {
    value: "amount_off",
    label: "An amount off",
    hint: "As a coupon code of their own, for one order.",
  },
  {
    value: "percent_off",
    label: "A percentage off",
    hint: "As a coupon code of their own, for one order.",
  },
  {
    value: "free_shipping",
    label: "Free shipping",
    hint: "As a coupon code of their own, for one order.",
  },
  { value: "cash", label: "Cash", hint: "Becomes payable, and is part of your next pay-out." },
  {
    value: "gift",
    label: "A gift or an experience",
    hint: "You hand it over; it stands in your list until then.",
  },
  {
    value: "event_access",
    label: "A place at an event",
    hint: "You put them on the list; it stands in yours until then.",
  },
  { value: "donation", label: "A donation", hint: "You give to somebody else in their name." },
];

type WorthFieldsProps = {
  worth: WorthForm;
  /** "" for the rule itself, "fallback." for what is given instead. */
  path: string;
  trigger: RuleTriggerKind;
  onChange: (worth: WorthForm) => void;
};

/** What is given, and how much of it. */
export function WorthFields({
  worth: { benefit, calculator },
  path,
  trigger,
  onChange,
}: WorthFieldsProps) {
  const { currency, pools, timeZone } = useEditorShop();
  const set = (change: Partial<BenefitForm>) =>
    onChange({ benefit: { ...benefit, ...change }, calculator });
  const { kind } = benefit;
  const at = `${path}benefit`;
  const isCoupon = deliveryOf({ kind }) === "coupon";
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name={`${at}.kind`}
          label="What"
          hint={BENEFITS.find(({ value }) => value === kind)?.hint}
        >
          <Select
            options={BENEFITS}
            value={kind}
            onChange={({ target }) => set({ kind: target.value as BenefitForm["kind"] })}
          />
        </Field>
        {kind === "percent_off" ? (
          <Field name={`${at}.percentBp`} label="How much">
            <Input
              inputMode="decimal"
              autoComplete="off"
              suffix="%"
              value={benefit.percent}
              onChange={({ target }) => set({ percent: target.value })}
            />
          </Field>
        ) : null}
        {kind === "gift" || kind === "event_access" ? (
          <Field
            name={`${at}.title`}
            label={kind === "gift" ? "What it is" : "Which event"}
            hint="In your customers’ words."
          >
            <Input
              maxLength={120}
              autoComplete="off"
              value={benefit.title}
              onChange={({ target }) => set({ title: target.value })}
            />
          </Field>
        ) : null}
        {kind === "event_access" ? (
          <Field name={`${at}.at`} label="When it begins" optional hint="In your shop’s time zone.">
            <Input
              type="datetime-local"
              value={benefit.at.slice(0, 16)}
              onChange={({ target }) => set({ at: isoAt(target.value, timeZone) })}
            />
          </Field>
        ) : null}
        {kind === "donation" ? (
          <Field
            name={`${at}.to`}
            label="To whom"
            hint="In your customers’ words, like “the reading fund”."
          >
            <Input
              maxLength={120}
              autoComplete="off"
              value={benefit.to}
              onChange={({ target }) => set({ to: target.value })}
            />
          </Field>
        ) : null}
        {kind === "percent_off" ||
        kind === "free_shipping" ||
        kind === "gift" ||
        kind === "event_access" ? (
          <Field
            name={`${at}.unitCost`}
            label="What one costs you, about"
            optional
            hint="Counts against limits and budget, and in what the program earns you."
          >
            <MoneyInput
              currency={currency}
              value={benefit.unitCost}
              onChange={({ target }) => set({ unitCost: target.value })}
            />
          </Field>
        ) : null}
      </div>
      {hasAmount(benefit) ? (
        <CalculatorFields
          calculator={calculator}
          path={`${path}calculator`}
          points={kind === "points"}
          orders={triggerKind(trigger).hasOrder}
          onChange={(next) => onChange({ benefit, calculator: next })}
        />
      ) : null}
      {isCoupon ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name={`${at}.codes`} label="Coupon codes">
            <Select
              value={benefit.codes}
              onChange={({ target }) => set({ codes: target.value as BenefitForm["codes"] })}
              options={[
                { value: "own", label: "Made for each reward" },
                { value: "pattern", label: "Made to a pattern" },
                {
                  value: "pool",
                  label: "Out of a pool that you uploaded",
                  disabled: pools.length === 0 && benefit.codes !== "pool",
                },
              ]}
            />
          </Field>
          {benefit.codes === "pattern" ? (
            <Field
              name={`${at}.codes.pattern`}
              label="Pattern"
              hint="# stands for a random letter or digit; at least six of them."
            >
              <Input
                maxLength={40}
                autoComplete="off"
                spellCheck={false}
                className="font-mono uppercase"
                placeholder="TEA-######"
                value={benefit.pattern}
                onChange={({ target }) => set({ pattern: target.value })}
              />
            </Field>
          ) : null}
          {benefit.codes === "pool" ? (
            <Field name={`${at}.codes.poolId`} label="Pool">
              <Select
                placeholder="Choose a pool"
                options={pools.map(({ id, name }) => ({ value: id, label: name }))}
                value={benefit.poolId}
                onChange={({ target }) => set({ poolId: target.value })}
              />
            </Field>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
