"use client";

import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { type RuleForm } from "@/lib/terms/form";
import { isManual } from "@/lib/terms/kinds/benefits";
import { daysText } from "@/lib/terms/words/staff";
import { useEditorShop } from "./editor-context";

type ExpiryFieldsProps = { form: RuleForm; onChange: (change: Partial<RuleForm>) => void };

/** How long a reward is held, and when it expires. */
export function ExpiryFields({ form: { holdDays, expiry, benefit }, onChange }: ExpiryFieldsProps) {
  const { returnWindowDays } = useEditorShop();
  const days = (field: keyof RuleForm["expiry"], label: string, hint: string) => (
    <Field name={`expiry.${field}`} label={label} optional hint={hint}>
      <Input
        inputMode="numeric"
        autoComplete="off"
        suffix="days"
        value={expiry[field]}
        onChange={({ target }) => onChange({ expiry: { ...expiry, [field]: target.value } })}
      />
    </Field>
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        name="holdDays"
        label="Hold"
        hint={`Your return window is ${daysText(returnWindowDays)}.`}
      >
        <Input
          inputMode="numeric"
          autoComplete="off"
          suffix="days"
          value={holdDays}
          onChange={({ target }) => onChange({ holdDays: target.value })}
        />
      </Field>
      {days("issuedDays", "Valid for", "From the day it is delivered. Empty: it does not expire.")}
      {isManual(benefit) || expiry.unissuedDays !== ""
        ? days("unissuedDays", "Expires if not delivered within", "From its release. Empty: never.")
        : null}
      {days("remindDays", "Remind before it expires", "By email, this many days before.")}
    </div>
  );
}
