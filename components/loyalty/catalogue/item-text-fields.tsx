"use client";

import { useState } from "react";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Textarea } from "@/components/ui/controls/input";
import type { ItemForm } from "@/lib/loyalty/catalogue/schema/item-form";
import { LANGUAGES } from "../words";

/** Name and description, each keeping its text while another language is in sight. */
export function ItemTextFields({ values }: { values: ItemForm }) {
  const [language, setLanguage] = useState("en");
  return (
    <div className="flex flex-col gap-4">
      <RadioGroup
        name="language"
        legend="Language"
        hideLegend
        look="segments"
        value={language}
        onValueChange={setLanguage}
        choices={LANGUAGES}
      />
      {LANGUAGES.map(({ value, label }) => (
        <div
          key={value}
          hidden={value !== language}
          className={value === language ? "flex flex-col gap-4" : undefined}
        >
          <Field
            name={`name.${value}`}
            label="Name"
            optional={value !== "en"}
            hint={
              value === "en"
                ? undefined
                : `Leave empty to show the English name to people who read ${label}.`
            }
          >
            <Input
              maxLength={80}
              autoComplete="off"
              defaultValue={values.name[value]}
              placeholder={value === "en" ? "5 off your next order" : undefined}
            />
          </Field>
          <Field name={`about.${value}`} label="Description" optional>
            <Textarea
              rows={2}
              maxLength={300}
              className="min-h-16"
              defaultValue={values.about[value]}
            />
          </Field>
        </div>
      ))}
    </div>
  );
}
