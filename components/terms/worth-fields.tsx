"use client";

import { Field } from "@/components/ui/controls/field";
import { Select } from "@/components/ui/controls/input";
import { AMOUNT_CALCULATORS, withKind, type WorthForm } from "@/lib/terms/form";
import { BENEFITS, type BenefitKind, hasAmount, isInPoints } from "@/lib/terms/kinds/benefits";
import { type AmountCalculatorKind, calculatorKind } from "@/lib/terms/kinds/calculators";
import { type RuleTriggerKind, triggerKind } from "@/lib/terms/kinds/triggers";
import { BenefitFields } from "./benefit-fields";
import { KindFields } from "./fields/kind-fields";

type WorthFieldsProps = {
  worth: WorthForm;
  /** "" for the rule itself, "fallback." for what is granted instead. */
  path: string;
  trigger: RuleTriggerKind;
  onChange: (worth: WorthForm) => void;
};

/** What a rule grants, and how much of it. */
export function WorthFields({ worth, path, trigger, onChange }: WorthFieldsProps) {
  const { benefit, calculator } = worth;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <BenefitFields
        benefit={benefit}
        kinds={KINDS}
        label="Reward"
        path={`${path}benefit`}
        onChange={(next) => onChange({ benefit: next as WorthForm["benefit"], calculator })}
      >
        {hasAmount(benefit) ? (
          <CalculatorFields
            calculator={calculator}
            path={`${path}calculator`}
            inPoints={isInPoints(benefit)}
            hasOrder={triggerKind(trigger).hasOrder}
            onChange={(next) => onChange({ benefit, calculator: next })}
          />
        ) : null}
      </BenefitFields>
    </div>
  );
}

const KINDS = Object.keys(BENEFITS) as BenefitKind[];
const CALCULATOR_KINDS = Object.keys(AMOUNT_CALCULATORS) as AmountCalculatorKind[];

type CalculatorFieldsProps = {
  calculator: WorthForm["calculator"];
  path: string;
  inPoints: boolean;
  /** The trigger brings an order, of which a share can be taken. */
  hasOrder: boolean;
  onChange: (calculator: WorthForm["calculator"]) => void;
};

function CalculatorFields({
  calculator,
  path,
  inPoints,
  hasOrder,
  onChange,
}: CalculatorFieldsProps) {
  const { kind } = calculator;
  const { form } = calculatorKind(kind);
  return (
    <>
      <Field
        name={path}
        label="How much"
        hint={hasOrder ? form.hint : "This trigger comes without an order."}
      >
        <Select
          options={CALCULATOR_KINDS.map((value) => ({
            value,
            label: calculatorKind(value).form.label,
            disabled: calculatorKind(value).needsOrder && !hasOrder && value !== kind,
          }))}
          value={kind}
          onChange={({ target }) =>
            onChange(withKind(calculator, target.value as AmountCalculatorKind, AMOUNT_CALCULATORS))
          }
        />
      </Field>
      <KindFields
        fields={form.fields}
        form={calculator}
        path={path}
        inPoints={inPoints}
        onChange={(next) => onChange(next as WorthForm["calculator"])}
      />
    </>
  );
}
