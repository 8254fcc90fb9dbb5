"use client";

import type { ComponentType } from "react";
import { Input, Select } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import { SHARE_CHANNELS } from "@/lib/events/schema";
import { PEOPLE, type Person } from "@/lib/terms/schema";
import type { ControlName, FieldValue } from "@/lib/terms/form/fields";
import { weekdayName } from "@/lib/terms/words/lists";
import { useTermsShop } from "../terms-shop-context";
import { ChipsInput } from "./chips-input";
import type { ControlProps } from "./control-props";
import { CodesControl } from "./codes-control";
import { countries, countryCode, countryLabel } from "./countries";
import { DateTimeControl } from "./date-time-control";
import { LinesControl } from "./lines-control";
import { StepsControl } from "./steps-control";
import { Toggles } from "./toggles";

/** Takes the whole width of a form. */
export const WIDE: ReadonlySet<ControlName> = new Set<ControlName>([
  "chips",
  "codes",
  "countries",
  "flag",
  "lines",
  "person",
  "steps",
  "tiers",
  "weekdays",
]);

/** Consists of several controls, and so needs a legend and no label. */
export const GROUPS: ReadonlySet<ControlName> = new Set<ControlName>([
  "codes",
  "lines",
  "steps",
  "tiers",
  "weekdays",
]);

/** One component for each control of a field; a flag is a checkbox with its own label. */
export const CONTROLS: Record<Exclude<ControlName, "flag">, ComponentType<ControlProps>> = {
  money: ({ value, onChange }) => <Money value={value} onChange={onChange} />,
  worth: ({ value, onChange, inPoints }) =>
    inPoints ? (
      <Numeric value={value} onChange={onChange} suffix="points" />
    ) : (
      <Money value={value} onChange={onChange} />
    ),
  percent: ({ value, onChange }) => (
    <Input
      inputMode="decimal"
      autoComplete="off"
      suffix="%"
      value={text(value)}
      onChange={({ target }) => onChange(target.value)}
    />
  ),
  whole: ({ value, onChange }) => <Numeric value={value} onChange={onChange} />,
  text: TextControl,
  chips: ChipsControl,
  choice: ({ field, value, onChange }) => (
    <Select
      options={field.control === "choice" ? field.options : []}
      value={text(value)}
      onChange={({ target }) => onChange(target.value)}
    />
  ),
  person: ({ value, onChange }) => (
    <Select
      options={PEOPLE.map((person) => ({ value: person, label: PERSON_LABELS[person] }))}
      value={text(value)}
      onChange={({ target }) => onChange(target.value)}
    />
  ),
  countries: ({ value, onChange }) => (
    <ChipsInput
      values={texts(value)}
      onChange={onChange}
      placeholder="Germany, Enter"
      suggestions={countries()}
      read={countryCode}
      label={countryLabel}
    />
  ),
  tiers: TiersControl,
  weekdays: ({ value, onChange }) => (
    <Toggles
      options={WEEK}
      chosen={texts(value)}
      onChange={(days) => onChange(days.map(Number).sort())}
    />
  ),
  clock: ({ value, onChange }) => (
    <Input type="time" value={text(value)} onChange={({ target }) => onChange(target.value)} />
  ),
  "date-time": DateTimeControl,
  codes: CodesControl,
  lines: LinesControl,
  steps: StepsControl,
};

const PERSON_LABELS: Record<Person, string> = {
  owner: "The recipient of the reward",
  advocate: "The advocate",
  friend: "The friend",
};
const WEEK = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
  value: String(day),
  label: weekdayName(day, "en").slice(0, 3),
}));
const CHANNELS = SHARE_CHANNELS.map((value) => ({ value }));

type ValueProps = Pick<ControlProps, "value" | "onChange">;

function Money({ value, onChange }: ValueProps) {
  const { currency } = useTermsShop();
  return (
    <MoneyInput
      currency={currency}
      value={text(value)}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

function Numeric({ value, onChange, suffix }: ValueProps & { suffix?: string }) {
  return (
    <Input
      inputMode="numeric"
      autoComplete="off"
      suffix={suffix}
      value={text(value)}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

function TextControl({ field, value, onChange }: ControlProps) {
  const { maxLength, placeholder, mono } = field.control === "text" ? field : {};
  return (
    <Input
      maxLength={maxLength}
      placeholder={placeholder}
      autoComplete="off"
      {...(mono && { autoCapitalize: "none", spellCheck: false, className: "font-mono" })}
      value={text(value)}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

function ChipsControl({ field, value, onChange }: ControlProps) {
  if (field.control !== "chips") return null;
  const { placeholder, as, suggest } = field;
  return (
    <ChipsInput
      values={texts(value)}
      onChange={onChange}
      placeholder={placeholder}
      suggestions={suggest === "channels" ? CHANNELS : undefined}
      read={(typed) =>
        as === "upper case"
          ? typed.toUpperCase()
          : as === "lower case"
            ? typed.toLowerCase()
            : typed
      }
    />
  );
}

function TiersControl({ value, onChange }: ControlProps) {
  const { tiers } = useTermsShop();
  if (tiers.length === 0) {
    return (
      <p className="text-sm text-ink-muted">
        Your shop has no tiers yet. Create them under Loyalty, Tiers.
      </p>
    );
  }
  return (
    <Toggles
      options={tiers.map(({ id, name }) => ({ value: id, label: name }))}
      chosen={texts(value)}
      onChange={onChange}
    />
  );
}

function text(value: FieldValue): string {
  return typeof value === "string" ? value : "";
}

/** A list of texts, or of numbers as texts. */
function texts(value: FieldValue): string[] {
  return Array.isArray(value)
    ? value.flatMap((part) => (typeof part === "object" ? [] : [String(part)]))
    : [];
}
