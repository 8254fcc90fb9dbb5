"use client";

import { Field } from "@/components/ui/controls/field";
import { Select } from "@/components/ui/controls/input";
import { withKind } from "@/lib/terms/form/kind-form";
import { CALCULATOR_KINDS, type WorthForm } from "@/lib/terms/form/shape";
import { benefitKind, BENEFITS, hasAmount, isInPoints } from "@/lib/terms/kinds/benefits";
import { calculatorKind, CALCULATORS } from "@/lib/terms/kinds/calculators";
import { triggerKind } from "@/lib/terms/kinds/triggers";
import type { AmountCalculatorKind, BenefitKind, RuleTriggerKind } from "@/lib/terms/schema";
import { KindFields } from "./kind-fields";

type WorthFieldsProps = {
  worth: WorthForm;
  /** "" for the rule itself, "fallback." for what is granted instead. */
  path: string;
  trigger: RuleTriggerKind;
  onChange: (worth: WorthForm) => void;
};

const BENEFIT_OPTIONS = (Object.keys(BENEFITS) as BenefitKind[]).map((value) => ({
  value,
  label: benefitKind(value).form.label,
}));

/** What is granted, and how much of it. */
export function WorthFields({ worth, path, trigger, onChange }: WorthFieldsProps) {
  const { benefit, calculator } = worth;
  const { hint, fields } = benefitKind(benefit.kind).form;
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name={`${path}benefit.kind`} label="What" hint={hint}>
          <Select
            options={BENEFIT_OPTIONS}
            value={benefit.kind}
            onChange={({ target }) =>
              onChange({
                benefit: withKind(benefit, target.value as BenefitKind, BENEFITS),
                calculator,
              })
            }
          />
        </Field>
        <KindFields
          fields={fields}
          form={benefit}
          path={`${path}benefit`}
          onChange={(next) => onChange({ benefit: next, calculator })}
        />
      </div>
      {hasAmount(benefit) ? (
        <CalculatorFields
          {...{ worth, onChange }}
          path={`${path}calculator`}
          hasOrder={triggerKind(trigger).hasOrder}
        />
      ) : null}
    </div>
  );
}

type CalculatorFieldsProps = {
  worth: WorthForm;
  path: string;
  /** The trigger brings an order, of which a share can be taken. */
  hasOrder: boolean;
  onChange: (worth: WorthForm) => void;
};

function CalculatorFields({ worth, path, hasOrder, onChange }: CalculatorFieldsProps) {
  const { benefit, calculator } = worth;
  const options = CALCULATOR_KINDS.map((value) => {
    const { form, needsOrder } = calculatorKind(value);
    const disabled = needsOrder && !hasOrder && value !== calculator.kind;
    return { value, label: form.label, disabled };
  });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        name={path}
        label="How much"
        hint={hasOrder ? undefined : "This trigger comes without an order."}
      >
        <Select
          options={options}
          value={calculator.kind}
          onChange={({ target }) => {
            const kind = target.value as AmountCalculatorKind;
            onChange({ benefit, calculator: withKind(calculator, kind, CALCULATORS) });
          }}
        />
      </Field>
      <KindFields
        fields={calculatorKind(calculator.kind).form.fields}
        form={calculator}
        path={path}
        points={isInPoints(benefit)}
        onChange={(next) => onChange({ benefit, calculator: next })}
      />
    </div>
  );
}
