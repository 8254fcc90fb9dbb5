"use client";

import { Field, Fieldset } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import { SHARE_CHANNELS } from "@/lib/events/schema";
import { COUNTED, type LeafForm } from "@/lib/terms/form/shape";
import { weekdayName } from "@/lib/terms/words/lists";
import { ChipsInput } from "./chips-input";
import { countries, countryCode, countryLabel } from "./countries";
import { useEditorShop } from "./editor/editor-context";

export const LEAF_NAMES: Record<LeafForm["kind"], string> = {
  order_total: "Order total",
  product: "Articles",
  category: "Categories",
  currency: "Currency",
  new_customer: "New customer",
  country: "Country",
  channel: "Channel",
  segment: "Segment",
  trait: "Trait",
  tier: "Tier",
  days_since: "Days since",
  time: "Day and time",
  count: "Count so far",
};

const PEOPLE = [
  { value: "owner", label: "The one who gets the reward" },
  { value: "advocate", label: "The advocate" },
  { value: "friend", label: "The friend" },
];
const COUNTED_NAMES: Record<(typeof COUNTED)[number], string> = {
  confirmed_referrals: "Confirmed friends",
  friend_purchases: "Purchases of this friend",
  own_purchases: "The advocate’s own purchases",
};
export const COUNTED_OPTIONS = COUNTED.map((value) => ({ value, label: COUNTED_NAMES[value] }));

type LeafFieldsProps = { leaf: LeafForm; path: string; onChange: (leaf: LeafForm) => void };

/**
 * The inputs of one condition. Names are the places in the rule, so that what is wrong stands
 * beside its field.
 */
export function LeafFields({ leaf, path, onChange }: LeafFieldsProps) {
  const { currency, tiers } = useEditorShop();
  const set = (change: Partial<LeafForm>) => onChange({ ...leaf, ...change });
  const chips = (
    field: string,
    label: string,
    placeholder: string,
    more: Partial<Parameters<typeof ChipsInput>[0]> = {},
  ) => (
    <Field name={`${path}.${field}`} label={label} className="sm:col-span-2">
      <ChipsInput
        values={leaf.items}
        onChange={(items) => set({ items })}
        placeholder={placeholder}
        {...more}
      />
    </Field>
  );
  const who = (
    <Field name={`${path}.of`} label="Of whom" className="sm:col-span-2">
      <Select
        options={PEOPLE}
        value={leaf.of}
        onChange={({ target }) => set({ of: target.value as LeafForm["of"] })}
      />
    </Field>
  );
  const range = (
    <>
      <Field name={`${path}.atLeast`} label="At least">
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={leaf.atLeast}
          onChange={({ target }) => set({ atLeast: target.value })}
        />
      </Field>
      <Field name={`${path}.atMost`} label="At most">
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={leaf.atMost}
          onChange={({ target }) => set({ atMost: target.value })}
        />
      </Field>
    </>
  );
  switch (leaf.kind) {
    case "order_total":
      return (
        <Field name={`${path}.atLeast`} label="At least" hint="What comes back is taken off.">
          <MoneyInput
            currency={currency}
            value={leaf.amount}
            onChange={({ target }) => set({ amount: target.value })}
          />
        </Field>
      );
    case "new_customer":
      return (
        <p className="text-sm text-ink-muted sm:col-span-2">
          The friend had no order before being referred.
        </p>
      );
    case "product":
      return chips("skus", "One of these articles is in the order", "TEA-100, Enter");
    case "category":
      return chips(
        "categories",
        "Something from one of these categories is in the order",
        "Tea, Enter",
      );
    case "currency":
      return chips("currencies", "The order is in", "EUR, Enter", {
        read: (typed) => typed.toUpperCase(),
      });
    case "channel":
      return chips("channels", "They came through", "whatsapp, Enter", {
        suggestions: CHANNELS,
        read: (typed) => typed.toLowerCase(),
      });
    case "country":
      return (
        <>
          {who}
          {chips("countries", "Is in", "Germany, Enter", {
            suggestions: countries(),
            read: countryCode,
            label: countryLabel,
          })}
        </>
      );
    case "segment":
      return (
        <>
          {who}
          {chips("segments", "Is in one of these segments", "vip, Enter")}
        </>
      );
    case "trait":
      return (
        <>
          {who}
          <Field
            name={`${path}.trait`}
            label="Trait"
            hint="As your shop sends it."
            className="sm:col-span-2"
          >
            <Input
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={leaf.trait}
              onChange={({ target }) => set({ trait: target.value })}
            />
          </Field>
          {chips("is", "Is one of", "gold, Enter")}
        </>
      );
    case "tier":
      return (
        <>
          {who}
          <Fieldset legend="Is" name={`${path}.tiers`} className="sm:col-span-2">
            {tiers.length === 0 ? (
              <p className="text-sm text-ink-muted">
                Your shop has no tiers yet. Make them under Loyalty, Tiers.
              </p>
            ) : (
              <Toggles
                options={tiers.map(({ id, name }) => ({ value: id, label: name }))}
                chosen={leaf.items}
                onChange={(items) => set({ items })}
              />
            )}
          </Fieldset>
        </>
      );
    case "days_since":
      return (
        <>
          <Field name={`${path}.what`} label="Whole days since" className="sm:col-span-2">
            <Select
              options={[
                { value: "click", label: "The click" },
                { value: "joining", label: "The joining" },
              ]}
              value={leaf.what}
              onChange={({ target }) => set({ what: target.value as LeafForm["what"] })}
            />
          </Field>
          {range}
        </>
      );
    case "count":
      return (
        <>
          <Field
            name={`${path}.of`}
            label="How often so far, this time included"
            className="sm:col-span-2"
          >
            <Select
              options={COUNTED_OPTIONS}
              value={leaf.counted}
              onChange={({ target }) => set({ counted: target.value as LeafForm["counted"] })}
            />
          </Field>
          {range}
        </>
      );
    case "time":
      return (
        <>
          <Fieldset legend="On these days" name={`${path}.days`} className="sm:col-span-2">
            <Toggles
              options={WEEK.map((day) => ({
                value: String(day),
                label: weekdayName(day, "en").slice(0, 3),
              }))}
              chosen={leaf.days.map(String)}
              onChange={(days) => set({ days: days.map(Number).sort() })}
            />
          </Fieldset>
          <Field name={`${path}.from`} label="From" optional hint="In your shop’s time zone.">
            <Input
              type="time"
              value={leaf.from}
              onChange={({ target }) => set({ from: target.value })}
            />
          </Field>
          <Field name={`${path}.to`} label="To" optional hint="May run over midnight.">
            <Input
              type="time"
              value={leaf.to}
              onChange={({ target }) => set({ to: target.value })}
            />
          </Field>
        </>
      );
  }
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const CHANNELS = SHARE_CHANNELS.map((value) => ({ value }));

type TogglesProps = {
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onChange: (values: string[]) => void;
};

/** Several of a few, all in sight. */
function Toggles({ options, chosen, onChange }: TogglesProps) {
  return (
    <div className="mt-1 flex flex-wrap gap-1.5">
      {options.map(({ value, label }) => (
        <label
          key={value}
          className="relative flex min-h-9 items-center rounded-control border border-line-strong bg-raised px-3 text-sm has-checked:border-accent-mark has-checked:bg-accent-soft has-checked:font-medium"
        >
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            className="absolute inset-0 size-full appearance-none rounded-control"
            onChange={({ target }) =>
              onChange(
                target.checked ? [...chosen, value] : chosen.filter((other) => other !== value),
              )
            }
          />
          {label}
        </label>
      ))}
    </div>
  );
}
