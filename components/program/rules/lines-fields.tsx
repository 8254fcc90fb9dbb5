"use client";

import { Field } from "@/components/ui/controls/field";
import type { LinesForm } from "@/lib/terms/form/fields";
import { ChipsInput } from "./chips-input";
import type { OneFieldProps } from "./field-props";

/** The lines of an order that count, by category or article; all where nothing is named. */
export function LinesFields({ name, value, onChange }: OneFieldProps<LinesForm>) {
  const set = (change: Partial<LinesForm>) => onChange({ ...value, ...change });
  return (
    <div className="grid gap-4 sm:col-span-2 sm:grid-cols-2">
      <Field name={`${name}.categories`} label="Only these categories" optional>
        <ChipsInput
          values={value.categories}
          onChange={(categories) => set({ categories })}
          placeholder="Tea, Enter"
        />
      </Field>
      <Field name={`${name}.skus`} label="Only these products" optional>
        <ChipsInput
          values={value.skus}
          onChange={(skus) => set({ skus })}
          placeholder="TEA-100, Enter"
        />
      </Field>
    </div>
  );
}
