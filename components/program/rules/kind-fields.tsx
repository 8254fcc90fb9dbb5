"use client";

import { Checkbox } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import type { Field as KindField, KindForm } from "@/lib/terms/form/fields";
import { valueIn } from "@/lib/terms/form/kind-form";
import { ChipsField, CountriesField, TiersField, WeekdaysField } from "./choice-fields";
import { CodesFields } from "./codes-fields";
import { useEditorShop } from "./editor/editor-context";
import type { OneFieldProps } from "./field-props";
import { isoAt } from "./iso-at";
import { LinesFields } from "./lines-fields";
import { StepsFields } from "./steps-fields";
import { WorthInput } from "./worth-input";

const PEOPLE = [
  { value: "owner", label: "The one who gets the reward" },
  { value: "advocate", label: "The advocate" },
  { value: "friend", label: "The friend" },
];

type KindFieldsProps<Form extends KindForm> = {
  fields: readonly KindField[];
  form: Form;
  /** Its place in the rule: what is wrong is shown beside the field at its place. */
  path: string;
  /** An amount of the benefit is counted in points. */
  points?: boolean;
  onChange: (form: Form) => void;
};

/** The inputs of a kind of condition, trigger, benefit or calculator: one for each of its fields. */
export function KindFields<Form extends KindForm>({
  fields,
  form,
  path,
  points = false,
  onChange,
}: KindFieldsProps<Form>) {
  return fields.map((field) => (
    <OneField
      key={field.name}
      field={field}
      name={`${path}.${field.name}`}
      value={valueIn(form, field)}
      points={points}
      onChange={(value) => onChange({ ...form, [field.name]: value })}
    />
  ));
}

function OneField(props: OneFieldProps) {
  const { field, name, value, onChange } = props;
  switch (field.control) {
    case "flag":
      return (
        <Checkbox
          label={field.label}
          hint={field.hint}
          checked={value === true}
          onChange={({ target }) => onChange(target.checked)}
        />
      );
    case "tiers":
      return <TiersField {...props} value={value as string[]} />;
    case "weekdays":
      return <WeekdaysField {...props} value={value as number[]} />;
    case "chips":
      return <ChipsField {...props} field={field} value={value as string[]} />;
    case "countries":
      return <CountriesField {...props} value={value as string[]} />;
    case "codes":
      return <CodesFields {...props} value={value as never} />;
    case "lines":
      return <LinesFields {...props} value={value as never} />;
    case "steps":
      return <StepsFields {...props} field={field} value={value as never} />;
    default:
      return (
        <Field
          name={name}
          label={field.label}
          hint={field.hint}
          optional={("blank" in field && field.blank !== undefined) || isAlwaysOptional(field)}
          className={isWide(field) ? "sm:col-span-2" : undefined}
        >
          <TextControl {...props} value={value as string} />
        </Field>
      );
  }
}

function isAlwaysOptional({ control }: KindField): boolean {
  return control === "clock" || control === "date-time";
}

function isWide({ control }: KindField): boolean {
  return control === "person" || control === "choice" || control === "text";
}

/** A control whose value is one text. */
function TextControl({ field, value, points, onChange }: OneFieldProps<string>) {
  const { currency, timeZone } = useEditorShop();
  const typed = {
    value,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  switch (field.control) {
    case "money":
      return <MoneyInput currency={currency} {...typed} />;
    case "worth":
      return <WorthInput points={points} value={value} onChange={onChange} />;
    case "percent":
      return <Input inputMode="decimal" autoComplete="off" suffix="%" {...typed} />;
    case "whole":
      return <Input inputMode="numeric" autoComplete="off" {...typed} />;
    case "clock":
      return <Input type="time" {...typed} />;
    case "date-time":
      return (
        <Input
          type="datetime-local"
          value={value.slice(0, 16)}
          onChange={({ target }) => onChange(isoAt(target.value, timeZone))}
        />
      );
    case "person":
      return <Select options={PEOPLE} {...typed} />;
    case "choice":
      return <Select options={field.options} {...typed} />;
    default:
      return (
        <Input
          maxLength={field.control === "text" ? field.maxLength : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className={field.control === "text" && field.mono ? "font-mono" : undefined}
          {...typed}
        />
      );
  }
}
