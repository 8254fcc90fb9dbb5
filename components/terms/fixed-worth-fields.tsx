"use client";

import { CALCULATORS } from "@/lib/terms/kinds/calculators";
import { BENEFITS, type BenefitKind, hasAmount, isInPoints } from "@/lib/terms/kinds/benefits";
import type { KindForm } from "@/lib/terms/form";
import { BenefitFields } from "./benefit-fields";
import { KindFields } from "./fields/kind-fields";

type FixedWorthFieldsProps = {
  benefit: KindForm;
  amount: string;
  onChange: (worth: { benefit: KindForm; amount: string }) => void;
  /** Kinds to choose from, in this order. */
  kinds: readonly BenefitKind[];
  /** What the choice of none says; left out where there has to be one. */
  none?: string;
  label: string;
  /** The name of a field: "benefit.kind", "benefit.title", "calculator.amount". */
  nameOf: (place: string) => string;
  /** Fields of the benefit that are not asked for here. */
  without?: readonly string[];
};

/** What is granted and a fixed amount of it, for forms that are sent field by field. */
export function FixedWorthFields({
  benefit,
  amount,
  onChange,
  kinds,
  none,
  label,
  nameOf,
  without,
}: FixedWorthFieldsProps) {
  const kind = benefit.kind in BENEFITS ? (benefit.kind as BenefitKind) : null;
  return (
    <BenefitFields
      benefit={benefit}
      kinds={kinds}
      none={none}
      label={label}
      path="benefit"
      nameOf={(field) => nameOf(`benefit.${field}`)}
      without={without}
      onChange={(next) => onChange({ benefit: next, amount })}
    >
      {kind && hasAmount({ kind }) ? (
        <KindFields
          fields={CALCULATORS.fixed.form.fields}
          form={{ kind: "fixed", amount }}
          path="calculator"
          nameOf={(field) => nameOf(`calculator.${field}`)}
          inPoints={isInPoints({ kind })}
          onChange={(next) => onChange({ benefit, amount: String(next.amount ?? "") })}
        />
      ) : null}
    </BenefitFields>
  );
}
