"use client";

import { Field, FieldMessage } from "@/components/ui/controls/field";
import { useFormState } from "@/components/ui/controls/form-context";
import { Select } from "@/components/ui/controls/input";
import { withKind } from "@/lib/terms/form";
import type { KindForm } from "@/lib/terms/form/fields";
import { type RuleTriggerKind, triggerKind, TRIGGERS } from "@/lib/terms/kinds/triggers";
import type { Side } from "@/lib/terms/schema";
import { KindFields } from "./fields/kind-fields";

type TriggerFieldsProps = {
  on: KindForm<RuleTriggerKind>;
  /** Whom it rewards; null for what qualifies a referral. */
  side: Side | null;
  onChange: (on: KindForm<RuleTriggerKind>) => void;
};

/** What a rule waits for, or what qualifies a referral. */
export function TriggerFields({ on, side, onChange }: TriggerFieldsProps) {
  const error = useFormState().fieldErrors.on;
  const { form } = triggerKind(on.kind);
  const offered = KINDS.filter((kind) => kind === on.kind || isOffered(kind, side));
  return (
    <div className="flex flex-col gap-4">
      <Field name="on.kind" label="Event" hint={form.hint}>
        <Select
          options={offered.map((kind) => ({ value: kind, label: triggerKind(kind).form.label }))}
          value={on.kind}
          onChange={({ target }) =>
            onChange(withKind(on, target.value as RuleTriggerKind, TRIGGERS))
          }
        />
      </Field>
      {error ? <FieldMessage>{error}</FieldMessage> : null}
      {form.fields.length > 0 ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <KindFields
            fields={form.fields}
            form={on}
            path="on"
            onChange={(next) => onChange(next as KindForm<RuleTriggerKind>)}
          />
        </div>
      ) : null}
    </div>
  );
}

const KINDS = Object.keys(TRIGGERS) as RuleTriggerKind[];

/** Friends earn by what friends do. */
function isOffered(kind: RuleTriggerKind, side: Side | null): boolean {
  const { of, qualifies } = triggerKind(kind);
  if (side === null) return qualifies;
  return side === "advocate" || of === "friend";
}
