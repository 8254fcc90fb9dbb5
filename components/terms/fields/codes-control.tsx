"use client";

import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import type { CodesForm } from "@/lib/terms/form/fields";
import { useTermsShop } from "../terms-shop-context";
import type { ControlProps } from "./control-props";

const EMPTY: CodesForm = { from: "own", pattern: "", poolId: "" };

/** Where a coupon's codes come from. */
export function CodesControl({ name, value, onChange }: ControlProps) {
  const { pools } = useTermsShop();
  const codes =
    typeof value === "object" && !Array.isArray(value) && "from" in value ? value : EMPTY;
  const set = (change: Partial<CodesForm>) => onChange({ ...codes, ...change });
  const noPools = pools.length === 0 && codes.from !== "pool";
  return (
    <div className="flex flex-col gap-4">
      <RadioGroup
        name={`${name}.from`}
        legend="Coupon codes"
        hideLegend
        value={codes.from}
        onValueChange={(from) => set({ from: from as CodesForm["from"] })}
        choices={[
          { value: "own", label: "Generated", hint: "A unique code like GW-7K2Q-M4XP." },
          { value: "pattern", label: "Generated from your pattern" },
          {
            value: "pool",
            label: "From an uploaded pool",
            disabled: noPools,
            hint: noPools ? "Upload codes under Rewards first." : undefined,
          },
        ]}
      />
      {codes.from === "pattern" ? (
        <Field
          name={`${name}.pattern`}
          label="Pattern"
          hint="Capital letters, digits, - and _. Each # is a random character; use at least 6."
        >
          <Input
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            className="font-mono uppercase sm:max-w-72"
            placeholder="THANKS-######"
            value={codes.pattern}
            onChange={({ target }) => set({ pattern: target.value })}
          />
        </Field>
      ) : null}
      {codes.from === "pool" ? (
        <Field name={`${name}.poolId`} label="Pool" className="sm:max-w-72">
          <Select
            placeholder="Choose a pool"
            options={pools.map(({ id, name }) => ({ value: id, label: name }))}
            value={codes.poolId}
            onChange={({ target }) => set({ poolId: target.value })}
          />
        </Field>
      ) : null}
    </div>
  );
}
