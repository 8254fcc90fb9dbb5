"use client";

import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/controls/button";
import { Field, Fieldset } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import type { CalculatorForm } from "@/lib/terms/form/shape";
import { ChipsInput } from "./chips-input";
import { useEditorShop } from "./editor/editor-context";
import { COUNTED_OPTIONS } from "./leaf-fields";

type CalculatorFieldsProps = {
  calculator: CalculatorForm;
  path: string;
  /** Counted in points, not in money. */
  points: boolean;
  /** The trigger brings an order, of which a share can be taken. */
  orders: boolean;
  onChange: (calculator: CalculatorForm) => void;
};

/** How much: fixed, a share of an order, so much per unit, or in steps. */
export function CalculatorFields({
  calculator,
  path,
  points,
  orders,
  onChange,
}: CalculatorFieldsProps) {
  const { currency } = useEditorShop();
  const { kind } = calculator;
  const set = (change: Partial<CalculatorForm>) => onChange({ ...calculator, ...change });
  const amount = (field: "amount" | "atLeast" | "atMost", label: string, optional?: boolean) => (
    <Field name={`${path}.${field}`} label={label} optional={optional}>
      <Amount
        points={points}
        value={calculator[field]}
        onChange={(value) => set({ [field]: value })}
      />
    </Field>
  );
  const choices = [
    { value: "fixed", label: "Always the same" },
    { value: "share_of_order", label: "A percentage of the order", order: true },
    { value: "per_unit", label: `So much for each ${currency} spent`, order: true },
    { value: "tiered_by_amount", label: "In steps, by the order’s total", order: true },
    { value: "tiered_by_count", label: "In steps, by how often so far" },
  ].map(({ value, label, order }) => ({
    value,
    label,
    disabled: order === true && !orders && value !== kind,
  }));
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name={path}
          label="How much"
          hint={orders ? undefined : "What this waits for comes without an order."}
        >
          <Select
            options={choices}
            value={kind}
            onChange={({ target }) => set({ kind: target.value as CalculatorForm["kind"] })}
          />
        </Field>
        {kind === "fixed" ? amount("amount", points ? "Points" : "Amount") : null}
        {kind === "share_of_order" ? (
          <>
            <Field name={`${path}.shareBp`} label="Percentage">
              <Input
                inputMode="decimal"
                autoComplete="off"
                suffix="%"
                value={calculator.percent}
                onChange={({ target }) => set({ percent: target.value })}
              />
            </Field>
            {amount("atLeast", "Never less than", true)}
          </>
        ) : null}
        {kind === "per_unit" ? (
          <>
            {amount("amount", points ? "Points" : "Amount")}
            <Field name={`${path}.per`} label="For each">
              <MoneyInput
                currency={currency}
                value={calculator.per}
                onChange={({ target }) => set({ per: target.value })}
              />
            </Field>
          </>
        ) : null}
        {kind === "share_of_order" || kind === "per_unit"
          ? amount("atMost", "Never more than", true)
          : null}
        {kind === "tiered_by_count" ? (
          <Field name={`${path}.of`} label="Counted by">
            <Select
              options={COUNTED_OPTIONS}
              value={calculator.counted}
              onChange={({ target }) => set({ counted: target.value as CalculatorForm["counted"] })}
            />
          </Field>
        ) : null}
      </div>
      {kind === "share_of_order" || kind === "per_unit" ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name={`${path}.lines.categories`} label="Only of these categories" optional>
            <ChipsInput
              values={calculator.categories}
              onChange={(categories) => set({ categories })}
              placeholder="Tea, Enter"
            />
          </Field>
          <Field name={`${path}.lines.skus`} label="Only of these articles" optional>
            <ChipsInput
              values={calculator.skus}
              onChange={(skus) => set({ skus })}
              placeholder="TEA-100, Enter"
            />
          </Field>
        </div>
      ) : null}
      {kind === "tiered_by_count" || kind === "tiered_by_amount" ? (
        <Steps {...{ calculator, path, points, onChange }} />
      ) : null}
    </div>
  );
}

function Steps({ calculator, path, points, onChange }: Omit<CalculatorFieldsProps, "orders">) {
  const { currency } = useEditorShop();
  const { kind, steps } = calculator;
  const set = (next: CalculatorForm["steps"]) => onChange({ ...calculator, steps: next });
  return (
    <Fieldset legend="Steps" name={`${path}.steps`}>
      <p className="text-[0.8125rem]/5 text-ink-muted">
        The last step reached counts; below the first there is nothing.
      </p>
      <ol className="flex flex-col gap-3">
        {steps.map((step, index) => (
          <li
            key={index}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-start gap-3"
          >
            <Field
              name={`${path}.steps.${index}.from`}
              label={kind === "tiered_by_amount" ? "From an order of" : "From number"}
            >
              {kind === "tiered_by_amount" ? (
                <MoneyInput
                  currency={currency}
                  value={step.from}
                  onChange={({ target }) => set(steps.with(index, { ...step, from: target.value }))}
                />
              ) : (
                <Input
                  inputMode="numeric"
                  autoComplete="off"
                  value={step.from}
                  onChange={({ target }) => set(steps.with(index, { ...step, from: target.value }))}
                />
              )}
            </Field>
            <Field name={`${path}.steps.${index}.amount`} label={points ? "Points" : "Amount"}>
              <Amount
                points={points}
                value={step.amount}
                onChange={(amount) => set(steps.with(index, { ...step, amount }))}
              />
            </Field>
            <IconButton
              label={`Remove step ${index + 1}`}
              className="mt-[1.625rem]"
              disabled={steps.length === 1}
              onClick={() => set(steps.toSpliced(index, 1))}
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
          disabled={steps.length >= 20}
          onClick={() => set([...steps, { from: "", amount: "" }])}
        >
          Add step
        </Button>
      </div>
    </Fieldset>
  );
}

function Amount({
  points,
  value,
  onChange,
}: {
  points: boolean;
  value: string;
  onChange: (value: string) => void;
}) {
  const { currency } = useEditorShop();
  return points ? (
    <Input
      inputMode="numeric"
      autoComplete="off"
      suffix="points"
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  ) : (
    <MoneyInput
      currency={currency}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
