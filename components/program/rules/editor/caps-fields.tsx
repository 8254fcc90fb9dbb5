"use client";

import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/controls/button";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import { type CapForm, emptyCap } from "@/lib/terms/form";
import { useEditorShop } from "./editor-context";

const WHO = [
  { value: "person", label: "Each person" },
  { value: "program", label: "The whole program" },
];
const PER = [
  { value: "day", label: "Day" },
  { value: "week", label: "Week" },
  { value: "month", label: "Month" },
  { value: "ever", label: "All time" },
];

type CapsFieldsProps = {
  caps: readonly CapForm[];
  empty: string;
  onChange: (caps: CapForm[]) => void;
};

/** Limits, a row each: how many rewards or how much cost, for whom and in which period. */
export function CapsFields({ caps, empty, onChange }: CapsFieldsProps) {
  return (
    <div className="flex flex-col gap-3">
      {caps.length === 0 ? (
        <p className="text-sm text-ink-muted">{empty}</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {caps.map((cap, index) => (
            <CapRow
              key={index}
              cap={cap}
              index={index}
              onChange={(next) => onChange(caps.with(index, next))}
              onRemove={() => onChange(caps.toSpliced(index, 1))}
            />
          ))}
        </ul>
      )}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" />}
          disabled={caps.length >= 10}
          onClick={() => onChange([...caps, emptyCap])}
        >
          Add limit
        </Button>
      </div>
    </div>
  );
}

type CapRowProps = {
  cap: CapForm;
  index: number;
  onChange: (cap: CapForm) => void;
  onRemove: () => void;
};

function CapRow({ cap, index, onChange, onRemove }: CapRowProps) {
  const { currency } = useEditorShop();
  const set = (change: Partial<CapForm>) => onChange({ ...cap, ...change });
  return (
    <li
      className={cx(
        "relative grid gap-3 rounded-control border border-line bg-raised p-3 pr-12",
        "sm:grid-cols-2 sm:p-4 sm:pr-14",
      )}
    >
      <Field name={`caps.${index}.who`} label="Applies to">
        <Select
          options={WHO}
          value={cap.who}
          onChange={({ target }) => set({ who: target.value as CapForm["who"] })}
        />
      </Field>
      <Field name={`caps.${index}.per`} label="Period">
        <Select
          options={PER}
          value={cap.per}
          onChange={({ target }) => set({ per: target.value as CapForm["per"] })}
        />
      </Field>
      <Field name={`caps.${index}.rewards`} label="Maximum rewards" optional>
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={cap.rewards}
          onChange={({ target }) => set({ rewards: target.value })}
        />
      </Field>
      <Field name={`caps.${index}.cost`} label="Maximum cost" optional>
        <MoneyInput
          currency={currency}
          value={cap.cost}
          onChange={({ target }) => set({ cost: target.value })}
        />
      </Field>
      <IconButton
        label={`Remove limit ${index + 1}`}
        size="sm"
        className="absolute! top-2 right-2"
        onClick={onRemove}
      >
        <X aria-hidden="true" />
      </IconButton>
    </li>
  );
}
