"use client";

import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/controls/button";
import { Field, Fieldset } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import type { ControlOf, StepForm } from "@/lib/terms/form/fields";
import { useEditorShop } from "./editor/editor-context";
import type { OneFieldProps } from "./field-props";
import { WorthInput } from "./worth-input";

type StepsFieldsProps = OneFieldProps<StepForm[]> & {
  field: ControlOf<"steps"> & { label: string };
};

/** Amounts in steps. */
export function StepsFields({ field, name, value: steps, points, onChange }: StepsFieldsProps) {
  return (
    <Fieldset legend={field.label} name={name} className="sm:col-span-2">
      <p className="text-[0.8125rem]/5 text-ink-muted">
        The last step reached counts; below the first there is nothing.
      </p>
      <ol className="flex flex-col gap-3">
        {steps.map((step, index) => (
          <Step
            key={index}
            {...{ field, step, points }}
            name={`${name}.${index}`}
            number={index + 1}
            onChange={(next) => onChange(steps.with(index, next))}
            onRemove={steps.length === 1 ? null : () => onChange(steps.toSpliced(index, 1))}
          />
        ))}
      </ol>
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" />}
          disabled={steps.length >= 20}
          onClick={() => onChange([...steps, { from: "", amount: "" }])}
        >
          Add step
        </Button>
      </div>
    </Fieldset>
  );
}

type StepProps = {
  field: ControlOf<"steps">;
  step: StepForm;
  points: boolean;
  name: string;
  number: number;
  onChange: (step: StepForm) => void;
  onRemove: (() => void) | null;
};

function Step({ field, step, points, name, number, onChange, onRemove }: StepProps) {
  const { currency } = useEditorShop();
  const from = {
    value: step.from,
    onChange: ({ target }: { target: { value: string } }) =>
      onChange({ ...step, from: target.value }),
  };
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-start gap-3">
      <Field name={`${name}.from`} label={field.fromLabel}>
        {field.from === "money" ? (
          <MoneyInput currency={currency} {...from} />
        ) : (
          <Input inputMode="numeric" autoComplete="off" {...from} />
        )}
      </Field>
      <Field name={`${name}.amount`} label={points ? "Points" : "Amount"}>
        <WorthInput
          points={points}
          value={step.amount}
          onChange={(amount) => onChange({ ...step, amount })}
        />
      </Field>
      <IconButton
        label={`Remove step ${number}`}
        className="mt-[1.625rem]"
        disabled={onRemove === null}
        onClick={() => onRemove?.()}
      >
        <X aria-hidden="true" />
      </IconButton>
    </li>
  );
}
