"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/controls/field";
import { Select } from "@/components/ui/controls/input";
import { withKind } from "@/lib/terms/form";
import type { KindForm } from "@/lib/terms/form/fields";
import { benefitKind, BENEFITS, type BenefitKind } from "@/lib/terms/kinds/benefits";
import { KindFields } from "./fields/kind-fields";

type BenefitFieldsProps = {
  benefit: KindForm;
  onChange: (benefit: KindForm) => void;
  /** Kinds to choose from, in this order. */
  kinds: readonly BenefitKind[];
  /** What the choice of none says; left out where there has to be one. */
  none?: string;
  label: string;
  /** Where it stands in the form: names, and so errors, are `<path>.<field>`. */
  path: string;
  nameOf?: (field: string) => string;
  /** Fields that are not asked for here. */
  without?: readonly string[];
  /** How much of it, right after the choice. */
  children?: ReactNode;
};

/** What is given: the choice of a kind and the fields of that kind, for a grid of two columns. */
export function BenefitFields({
  benefit,
  onChange,
  kinds,
  none,
  label,
  path,
  nameOf = (field) => `${path}.${field}`,
  without,
  children,
}: BenefitFieldsProps) {
  // One made over the API may be of a kind that is not offered here.
  const offered =
    isBenefit(benefit.kind) && !kinds.includes(benefit.kind) ? [...kinds, benefit.kind] : kinds;
  const form = isBenefit(benefit.kind) ? benefitKind(benefit.kind).form : null;
  return (
    <>
      <Field name={nameOf("kind")} label={label} hint={form?.hint}>
        <Select
          options={[
            ...offered.map((kind) => ({
              value: kind as string,
              label: benefitKind(kind).form.label,
            })),
            ...(none === undefined ? [] : [{ value: "none", label: none }]),
          ]}
          value={benefit.kind}
          onChange={({ target }) => {
            const { value } = target;
            onChange(
              isBenefit(value) ? withKind(benefit, value, BENEFITS) : { ...benefit, kind: value },
            );
          }}
        />
      </Field>
      {children}
      {form ? (
        <KindFields
          fields={form.fields}
          form={benefit}
          onChange={onChange}
          path={path}
          nameOf={nameOf}
          without={without}
        />
      ) : null}
    </>
  );
}

function isBenefit(kind: string): kind is BenefitKind {
  return Object.hasOwn(BENEFITS, kind);
}
