"use client";

import { FixedWorthFields } from "@/components/terms/fixed-worth-fields";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { ITEM_KINDS } from "@/lib/loyalty/catalogue/schema/item";
import type { ItemForm } from "@/lib/loyalty/catalogue/schema/item-form";
import { isManual } from "@/lib/terms/kinds/benefits";

type ItemWorthFieldsProps = {
  /** As the form stands now. */
  now: ItemForm;
  onChange: (worth: Pick<ItemForm, "benefit" | "calculator">) => void;
};

/** What a customer gets for their points, and how long they can use it. */
export function ItemWorthFields({ now, onChange }: ItemWorthFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FixedWorthFields
        benefit={now.benefit}
        amount={now.calculator.amount}
        kinds={ITEM_KINDS}
        label="Reward"
        nameOf={(place) => place}
        // What it costs is counted with the points that buy it.
        without={["unitCost"]}
        onChange={({ benefit, amount }) =>
          onChange({ benefit: benefit as ItemForm["benefit"], calculator: { amount } })
        }
      />
      {isManual(now.benefit) ? null : (
        <Field
          name="validDays"
          label="Valid for"
          optional
          hint="Counted from the day it is redeemed. Leave empty for no expiry."
        >
          <Input
            inputMode="numeric"
            autoComplete="off"
            suffix="days"
            defaultValue={now.validDays}
          />
        </Field>
      )}
    </div>
  );
}
