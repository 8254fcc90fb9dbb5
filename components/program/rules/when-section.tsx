"use client";

import { Field, FieldMessage } from "@/components/ui/controls/field";
import { useFormState } from "@/components/ui/controls/form-context";
import { Select } from "@/components/ui/controls/input";
import { withKind } from "@/lib/terms/form/kind-form";
import type { TriggerForm } from "@/lib/terms/form/shape";
import { triggerKind, TRIGGERS } from "@/lib/terms/kinds/triggers";
import type { RuleTriggerKind, Side } from "@/lib/terms/schema";
import { KindFields } from "./kind-fields";

type WhenFieldsProps = {
  on: TriggerForm;
  /** The friend earns by what the friend does; null for what qualifies a referral. */
  side: Side | null;
  onChange: (on: TriggerForm) => void;
};

/** What a rule waits for, or what qualifies a referral. */
export function WhenFields({ on, side, onChange }: WhenFieldsProps) {
  const error = useFormState().fieldErrors.on;
  const { hint, fields } = triggerKind(on.kind).form;
  return (
    <div className="flex flex-col gap-4">
      <Field name="on.kind" label="Waits for" hint={hint}>
        <Select
          options={choices(on.kind, side)}
          value={on.kind}
          onChange={({ target }) =>
            onChange(withKind(on, target.value as RuleTriggerKind, TRIGGERS))
          }
        />
      </Field>
      {error ? <FieldMessage>{error}</FieldMessage> : null}
      {fields.length > 0 ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <KindFields fields={fields} form={on} path="on" onChange={onChange} />
        </div>
      ) : null}
    </div>
  );
}

/** The triggers that a side can have; the chosen one stands there whatever it is. */
function choices(chosen: RuleTriggerKind, side: Side | null) {
  return (Object.keys(TRIGGERS) as RuleTriggerKind[])
    .filter((kind) => {
      const { of, qualifies } = triggerKind(kind);
      if (side === null) return qualifies;
      return side === "advocate" || of === "friend" || kind === chosen;
    })
    .map((value) => ({ value, label: triggerKind(value).form.label }));
}
