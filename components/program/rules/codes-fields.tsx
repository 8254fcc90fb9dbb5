"use client";

import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import type { CodesForm } from "@/lib/terms/form/fields";
import { useEditorShop } from "./editor/editor-context";
import type { OneFieldProps } from "./field-props";

/** Where a coupon's code comes from. */
export function CodesFields({ field, name, value, onChange }: OneFieldProps<CodesForm>) {
  const { pools } = useEditorShop();
  const set = (change: Partial<CodesForm>) => onChange({ ...value, ...change });
  return (
    <div className="grid gap-4 sm:col-span-2 sm:grid-cols-2">
      <Field name={name} label={field.label}>
        <Select
          value={value.from}
          onChange={({ target }) => set({ from: target.value as CodesForm["from"] })}
          options={[
            { value: "own", label: "Generated for each reward" },
            { value: "pattern", label: "Generated from a pattern" },
            {
              value: "pool",
              label: "From a pool that you uploaded",
              disabled: pools.length === 0 && value.from !== "pool",
            },
          ]}
        />
      </Field>
      {value.from === "pattern" ? (
        <Field
          name={`${name}.pattern`}
          label="Pattern"
          hint="# stands for a random letter or digit; at least six of them."
        >
          <Input
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            className="font-mono uppercase"
            placeholder="TEA-######"
            value={value.pattern}
            onChange={({ target }) => set({ pattern: target.value })}
          />
        </Field>
      ) : null}
      {value.from === "pool" ? (
        <Field name={`${name}.poolId`} label="Pool">
          <Select
            placeholder="Choose a pool"
            options={pools.map((pool) => ({ value: pool.id, label: pool.name }))}
            value={value.poolId}
            onChange={({ target }) => set({ poolId: target.value })}
          />
        </Field>
      ) : null}
    </div>
  );
}
