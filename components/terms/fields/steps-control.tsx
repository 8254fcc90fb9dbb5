"use client";

import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import type { StepForm } from "@/lib/terms/form/fields";
import { useTermsShop } from "../terms-shop-context";
import type { ControlProps } from "./control-props";

const EMPTY: StepForm = { from: "", amount: "" };
const MOST = 20;

/** Rows of a threshold and what it is worth. */
export function StepsControl({ field, name, value, inPoints, onChange }: ControlProps) {
  const steps = stepsOf(value);
  const unit = field.control === "steps" ? field : null;
  return (
    <>
      <p className="text-[0.8125rem]/5 text-ink-muted">
        The highest step reached counts. Below the first step there is no reward.
      </p>
      <ol className="flex flex-col gap-3">
        {steps.map((step, index) => (
          <li
            key={index}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-start gap-3"
          >
            <Field name={`${name}.${index}.from`} label={unit?.fromLabel ?? "From"}>
              <Amount
                counted={unit?.from === "money" ? "money" : "whole"}
                value={step.from}
                onChange={(from) => onChange(steps.with(index, { ...step, from }))}
              />
            </Field>
            <Field name={`${name}.${index}.amount`} label={inPoints ? "Points" : "Amount"}>
              <Amount
                counted={inPoints ? "points" : "money"}
                value={step.amount}
                onChange={(amount) => onChange(steps.with(index, { ...step, amount }))}
              />
            </Field>
            <IconButton
              label={`Remove step ${index + 1}`}
              className="mt-[1.625rem]"
              disabled={steps.length === 1}
              onClick={() => onChange(steps.toSpliced(index, 1))}
            >
              <X aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ol>
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" />}
          disabled={steps.length >= MOST}
          onClick={() => onChange([...steps, EMPTY])}
        >
          Add step
        </Button>
      </div>
    </>
  );
}

type AmountProps = {
  counted: "money" | "points" | "whole";
  value: string;
  onChange: (value: string) => void;
};

function Amount({ counted, value, onChange }: AmountProps) {
  const { currency } = useTermsShop();
  if (counted === "money") {
    return (
      <MoneyInput
        currency={currency}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    );
  }
  return (
    <Input
      inputMode="numeric"
      autoComplete="off"
      suffix={counted === "points" ? "points" : undefined}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

function stepsOf(value: ControlProps["value"]): StepForm[] {
  const steps = Array.isArray(value)
    ? value.filter((part): part is StepForm => typeof part === "object")
    : [];
  return steps.length > 0 ? steps : [EMPTY];
}
