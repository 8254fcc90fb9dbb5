"use client";

import { Checkbox } from "@/components/ui/controls/choice";
import { Field, Fieldset } from "@/components/ui/controls/field";
import { cx } from "@/components/ui/cx";
import type { Field as KindField, FieldValue, KindForm } from "@/lib/terms/form/fields";
import { CONTROLS, GROUPS, WIDE } from "./controls";

type KindFieldsProps = {
  /** The fields of the kind, as its file lists them. */
  fields: readonly KindField[];
  form: KindForm;
  onChange: (form: KindForm) => void;
  /** Where the form stands in the whole: names, and so errors, are `<path>.<field>`. */
  path: string;
  /** Other names for fields of a form that is sent field by field. */
  nameOf?: (field: string) => string;
  /** "worth" is counted in points, not in money. */
  inPoints?: boolean;
  /** Fields that are not asked for here. */
  without?: readonly string[];
};

/** The inputs of a kind of condition, trigger, benefit or calculator, for a grid of two columns. */
export function KindFields({
  fields,
  form,
  onChange,
  path,
  nameOf = (field) => `${path}.${field}`,
  inPoints = false,
  without = [],
}: KindFieldsProps) {
  return fields
    .filter(({ name }) => !without.includes(name))
    .map((field) => (
      <OneField
        key={field.name}
        field={field}
        name={nameOf(field.name)}
        value={form[field.name] ?? ""}
        inPoints={inPoints}
        onChange={(value) => onChange({ ...form, [field.name]: value })}
      />
    ));
}

type OneFieldProps = {
  field: KindField;
  name: string;
  value: FieldValue;
  inPoints: boolean;
  onChange: (value: FieldValue) => void;
};

function OneField({ field, name, value, inPoints, onChange }: OneFieldProps) {
  const { control, label, hint } = field;
  const className = cx(WIDE.has(control) && "sm:col-span-2");
  if (control === "flag") {
    return (
      <Checkbox
        name={name}
        label={label}
        hint={hint}
        checked={value === true}
        onChange={({ target }) => onChange(target.checked)}
        className={className}
      />
    );
  }
  const Control = CONTROLS[control];
  const drawn = (
    <Control field={field} name={name} value={value} inPoints={inPoints} onChange={onChange} />
  );
  if (GROUPS.has(control)) {
    return (
      <Fieldset legend={label} hint={hint} name={name} className={className}>
        {drawn}
      </Fieldset>
    );
  }
  return (
    <Field
      name={name}
      label={control === "worth" && inPoints && label === "Amount" ? "Points" : label}
      hint={hint}
      optional={"blank" in field}
      className={className}
    >
      {drawn}
    </Field>
  );
}
