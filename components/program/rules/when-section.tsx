"use client";

import { Checkbox } from "@/components/ui/controls/choice";
import { Field, FieldMessage } from "@/components/ui/controls/field";
import { useFormState } from "@/components/ui/controls/form-context";
import { Input, Select } from "@/components/ui/controls/input";
import type { TriggerForm } from "@/lib/terms/form/shape";
import { triggerKind } from "@/lib/terms/kinds/triggers";
import type { Side } from "@/lib/terms/schema";

const TRIGGERS: readonly {
  value: TriggerForm["kind"];
  label: string;
  confirms?: true;
  hint?: string;
}[] = [
  {
    value: "qualified",
    label: "The referral is confirmed",
    hint: "Whatever confirms it: set under “What confirms a referral”.",
  },
  {
    value: "join",
    label: "The friend joins",
    confirms: true,
    hint: "Accepts the invitation, or signs up through it.",
  },
  {
    value: "first_purchase",
    label: "The friend’s first purchase",
    confirms: true,
    hint: "The first that meets the conditions.",
  },
  {
    value: "nth_purchase",
    label: "The friend’s nth purchase",
    confirms: true,
    hint: "Of those that meet the conditions, within the window.",
  },
  {
    value: "each_purchase",
    label: "Each purchase of the friend",
    hint: "Within the window, from one to another by number.",
  },
  {
    value: "renewal",
    label: "The friend’s nth renewal",
    confirms: true,
    hint: "Of a subscription: your shop sends events of type renewal.",
  },
  { value: "goal", label: "An event of the friend", confirms: true },
  { value: "milestone", label: "So many confirmed friends" },
  {
    value: "second_level",
    label: "A friend of their friend is confirmed",
    hint: "Two levels, never more.",
  },
  { value: "own_purchase", label: "Each purchase of the advocate" },
  {
    value: "own_event",
    label: "An event of the advocate",
    hint: "A review, a survey: any event that your shop sends.",
  },
  { value: "own_join", label: "The advocate joins the program" },
  {
    value: "share_visit",
    label: "A share brings a visitor",
    hint: "A real person, bots left out; each visitor once.",
  },
];

type WhenSectionProps = {
  on: TriggerForm;
  /** The friend earns by what the friend does; null for what confirms a referral. */
  side: Side | null;
  onChange: (on: TriggerForm) => void;
};

/** What a rule waits for, or what confirms a referral. */
export function WhenFields({ on, side, onChange }: WhenSectionProps) {
  const error = useFormState().fieldErrors.on;
  const set = (change: Partial<TriggerForm>) => onChange({ ...on, ...change });
  const offered = TRIGGERS.filter(({ value, confirms }) =>
    side === null
      ? confirms
      : side === "advocate" || triggerKind(value).of === "friend" || value === on.kind,
  );
  const number = (field: "n" | "from" | "to" | "count", label: string, optional?: string) => (
    <Field name={`on.${field}`} label={label} optional={optional}>
      <Input
        inputMode="numeric"
        autoComplete="off"
        value={on[field]}
        onChange={({ target }) => set({ [field]: target.value })}
      />
    </Field>
  );
  return (
    <div className="flex flex-col gap-4">
      <Field
        name="on.kind"
        label="Waits for"
        hint={TRIGGERS.find(({ value }) => value === on.kind)?.hint}
      >
        <Select
          options={offered.map(({ value, label }) => ({ value, label }))}
          value={on.kind}
          onChange={({ target }) => set({ kind: target.value as TriggerForm["kind"] })}
        />
      </Field>
      {error ? <FieldMessage>{error}</FieldMessage> : null}
      {on.kind === "goal" || on.kind === "own_event" ? (
        <Field
          name="on.type"
          label="Type of the event"
          hint="As your shop sends it, like trial_started."
        >
          <Input
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
            value={on.type}
            onChange={({ target }) => set({ type: target.value })}
          />
        </Field>
      ) : null}
      {on.kind === "nth_purchase" ? (
        <div className="sm:max-w-60">{number("n", "Which purchase")}</div>
      ) : null}
      {on.kind === "renewal" ? (
        <div className="sm:max-w-60">{number("n", "Which renewal")}</div>
      ) : null}
      {on.kind === "each_purchase" ? (
        <div className="grid gap-4 sm:grid-cols-2">
          {number("from", "From the purchase")}
          {number("to", "To the purchase", "empty for all that follow")}
        </div>
      ) : null}
      {on.kind === "milestone" ? (
        <>
          <div className="sm:max-w-60">{number("count", "How many friends")}</div>
          <Checkbox
            label="Again for each further so many"
            hint={`At ${twice(on.count)}, and so on.`}
            checked={on.repeats}
            onChange={({ target }) => set({ repeats: target.checked })}
          />
        </>
      ) : null}
    </div>
  );
}

function twice(count: string): string {
  const number = /^\d{1,4}$/.test(count) ? Number(count) : 5;
  return `${number * 2}, ${number * 3}`;
}
