"use client";

import { useState } from "react";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Textarea } from "@/components/ui/controls/input";
import type { LocalizedText } from "@/lib/core/i18n/localized";
import { LANGUAGES } from "../words";

/** Name and description, each keeping its text while another language is in sight. */
export function BadgeTextFields({ name, about }: { name: LocalizedText; about: LocalizedText }) {
  const [language, setLanguage] = useState<string>("en");
  return (
    <>
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
              maxLength={60}
              autoComplete="off"
              defaultValue={name[value]}
              placeholder={value === "en" ? "High five" : undefined}
            />
          </Field>
          <Field name={`about.${value}`} label="Description" optional={value !== "en"}>
            <Textarea
              rows={2}
              maxLength={200}
              className="min-h-16"
              defaultValue={about[value]}
              placeholder={value === "en" ? "Five friends have qualified." : undefined}
            />
          </Field>
        </div>
      ))}
    </>
  );
}
