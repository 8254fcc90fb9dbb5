"use client";

import { useState } from "react";
import { Checkbox, RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Textarea } from "@/components/ui/controls/input";
import { LOCALE_NAMES } from "@/lib/core/i18n/locales";
import { FormPart } from "../form-part";
import type { FormTexts } from "./form-texts";

type Props = { texts: FormTexts };

/** What the program is called. */
export function NamePart({ texts }: Props) {
  return (
    <FormPart
      title="Name"
      description="You see it in the dashboard, customers at the foot of emails."
    >
      <Field name="name" label="Name of the program" hideLabel>
        <Input
          maxLength={80}
          autoComplete="off"
          placeholder="Bring a friend"
          defaultValue={texts.name}
        />
      </Field>
    </FormPart>
  );
}

/** Whether friends who bought before count. */
export function NewCustomersField({ texts }: Props) {
  return (
    <Checkbox
      name="newCustomersOnly"
      label="New customers only"
      hint="Someone who bought from you before the invitation does not count."
      defaultChecked={texts.newCustomersOnly === "on"}
    />
  );
}

/** How long a friend has to qualify. */
export function WindowField({ texts }: Props) {
  return (
    <Field
      name="windowDays"
      label="Referral window"
      hint="How long a friend has to qualify after clicking the link."
    >
      <Input inputMode="numeric" autoComplete="off" suffix="days" defaultValue={texts.windowDays} />
    </Field>
  );
}

/** Between which days the program runs. */
export function DateFields({ texts }: Props) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="startsOn" label="First day" optional hint="Empty: as soon as you publish.">
        <Input type="date" defaultValue={texts.startsOn} />
      </Field>
      <Field name="endsOn" label="Last day" optional hint="Empty: until you end it.">
        <Input type="date" defaultValue={texts.endsOn} />
      </Field>
    </div>
  );
}

/** Where a friend's click leads. */
export function DestinationPart({ texts }: Props) {
  return (
    <FormPart title="Where links lead">
      <RadioGroup
        name="destination"
        legend="Where links lead"
        hideLegend
        look="cards"
        defaultValue={texts.destination}
        choices={[
          {
            value: "invite",
            label: "The invite page",
            hint: "Shows who invites and what both get. The friend leaves an email address.",
          },
          {
            value: "shop",
            label: "Straight to your shop",
            hint: "With the code in the link. Your shop reports the purchase.",
          },
        ]}
      />
      {texts.destination === "shop" ? (
        <Field name="destinationUrl" label="Page in your shop">
          <Input
            type="url"
            inputMode="url"
            autoComplete="url"
            placeholder="https://"
            defaultValue={texts.destinationUrl}
          />
        </Field>
      ) : null}
    </FormPart>
  );
}

const LANGUAGES = [
  { value: "En", label: LOCALE_NAMES.en, english: "English" },
  { value: "Sq", label: LOCALE_NAMES.sq, english: "Albanian" },
  { value: "Zh", label: LOCALE_NAMES.zh, english: "Chinese" },
];

/** The small print, a text for each language; each keeps its text while another is in sight. */
export function TermsTextPart({ texts }: Props) {
  const [language, setLanguage] = useState("En");
  return (
    <FormPart
      title="Terms"
      description="The small print on the friend’s page and the customer’s page."
    >
      <div className="flex flex-col gap-3">
        <RadioGroup
          name="language"
          legend="Language of the terms"
          hideLegend
          look="segments"
          value={language}
          onValueChange={setLanguage}
          choices={LANGUAGES}
        />
        {LANGUAGES.map(({ value, english }) => (
          <div key={value} hidden={value !== language}>
            <Field
              name={`terms${value}`}
              label={`Terms in ${english}`}
              hideLabel
              hint={
                value === "En"
                  ? "Also shown in languages without a text of their own."
                  : "Empty: the English text is shown."
              }
            >
              <Textarea
                rows={6}
                className="min-h-32"
                maxLength={10_000}
                defaultValue={texts[`terms${value}`]}
                placeholder={
                  value === "En" ? "One reward per household. Gift cards do not count." : undefined
                }
              />
            </Field>
          </div>
        ))}
      </div>
    </FormPart>
  );
}
