"use client";

import { Field } from "@/components/ui/controls/field";
import type { LinesForm } from "@/lib/terms/form/fields";
import { ChipsInput } from "./chips-input";
import type { ControlProps } from "./control-props";

/** Which lines of an order count. */
export function LinesControl({ name, value, onChange }: ControlProps) {
  const lines: LinesForm =
    typeof value === "object" && !Array.isArray(value) && "skus" in value
      ? value
      : { skus: [], categories: [] };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name={`${name}.categories`} label="Only these categories" optional>
        <ChipsInput
          values={lines.categories}
          onChange={(categories) => onChange({ ...lines, categories })}
          placeholder="Tea, Enter"
        />
      </Field>
      <Field name={`${name}.skus`} label="Only these products" optional>
        <ChipsInput
          values={lines.skus}
          onChange={(skus) => onChange({ ...lines, skus })}
          placeholder="TEA-100, Enter"
        />
      </Field>
    </div>
  );
}
