"use client";

import { Field, Fieldset } from "@/components/ui/controls/field";
import { SHARE_CHANNELS } from "@/lib/events/schema";
import type { ControlOf } from "@/lib/terms/form/fields";
import { weekdayName } from "@/lib/terms/words/lists";
import { ChipsInput } from "./chips-input";
import { countries, countryCode, countryLabel } from "./countries";
import { useEditorShop } from "./editor/editor-context";
import type { OneFieldProps } from "./field-props";

const CHANNELS = SHARE_CHANNELS.map((value) => ({ value }));

const READ = {
  "upper case": (typed: string) => typed.toUpperCase(),
  "lower case": (typed: string) => typed.toLowerCase(),
};

/** Any number of texts. */
export function ChipsField({
  field,
  name,
  value,
  onChange,
}: OneFieldProps<string[]> & { field: ControlOf<"chips"> & { label: string; hint?: string } }) {
  return (
    <Field name={name} label={field.label} hint={field.hint} className="sm:col-span-2">
      <ChipsInput
        values={value}
        onChange={onChange}
        placeholder={field.placeholder}
        suggestions={field.suggest === "channels" ? CHANNELS : undefined}
        read={field.as && READ[field.as]}
      />
    </Field>
  );
}

/** Countries by name or code. */
export function CountriesField({ field, name, value, onChange }: OneFieldProps<string[]>) {
  return (
    <Field name={name} label={field.label} hint={field.hint} className="sm:col-span-2">
      <ChipsInput
        values={value}
        onChange={onChange}
        placeholder="Germany, Enter"
        suggestions={countries()}
        read={countryCode}
        label={countryLabel}
      />
    </Field>
  );
}

/** Some of the shop's tiers. */
export function TiersField({ field, name, value, onChange }: OneFieldProps<string[]>) {
  const { tiers } = useEditorShop();
  return (
    <Fieldset legend={field.label} name={name} className="sm:col-span-2">
      {tiers.length === 0 ? (
        <p className="text-sm text-ink-muted">
          Your shop has no tiers yet. Create them under Loyalty, Tiers.
        </p>
      ) : (
        <Toggles
          options={tiers.map((tier) => ({ value: tier.id, label: tier.name }))}
          chosen={value}
          onChange={onChange}
        />
      )}
    </Fieldset>
  );
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** Some days of the week. */
export function WeekdaysField({ field, name, value, onChange }: OneFieldProps<number[]>) {
  return (
    <Fieldset legend={field.label} name={name} className="sm:col-span-2">
      <Toggles
        options={WEEK.map((day) => ({
          value: String(day),
          label: weekdayName(day, "en").slice(0, 3),
        }))}
        chosen={value.map(String)}
        onChange={(days) => onChange(days.map(Number).sort())}
      />
    </Fieldset>
  );
}

type TogglesProps = {
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onChange: (values: string[]) => void;
};

const TOGGLE =
  "relative flex min-h-9 items-center rounded-control border border-line-strong bg-raised " +
  "px-3 text-sm has-checked:border-accent-mark has-checked:bg-accent-soft " +
  "has-checked:font-medium";

/** Several of a few, all in sight. */
function Toggles({ options, chosen, onChange }: TogglesProps) {
  return (
    <div className="mt-1 flex flex-wrap gap-1.5">
      {options.map(({ value, label }) => (
        <label key={value} className={TOGGLE}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            className="absolute inset-0 size-full appearance-none rounded-control"
            onChange={({ target }) =>
              onChange(
                target.checked ? [...chosen, value] : chosen.filter((other) => other !== value),
              )
            }
          />
          {label}
        </label>
      ))}
    </div>
  );
}
