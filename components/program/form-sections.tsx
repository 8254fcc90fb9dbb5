"use client";

import { useState } from "react";
import { Checkbox, RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Textarea } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import type { FormTexts } from "./side-fields";

type SectionProps = { texts: FormTexts; currency: string };

/** What the friend must do, by when, and how long rewards wait. */
export function ConditionFields(
  /** `kept` is what the rules say, where this form has no fields for it. */
  {
    texts,
    currency,
    returnWindowDays,
    kept,
  }: SectionProps & { returnWindowDays: number; kept: string | null },
) {
  return (
    <div className="flex flex-col gap-5">
      <RadioGroup
        name="trigger"
        legend="A referral counts when the friend"
        defaultValue={texts.trigger}
        choices={[
          ...(kept === null ? [] : [{ value: "kept", label: "does as the rules say", hint: kept }]),
          { value: "first_purchase", label: "makes a first purchase" },
          { value: "first_purchase_over", label: "makes a first purchase over an amount" },
          { value: "join", label: "joins", hint: "Accepts the invitation or signs up through it." },
          {
            value: "goal",
            label: "reaches a goal of yours",
            hint: "Any event that your shop sends, such as a trial that started.",
          },
        ]}
      />
      {texts.trigger === "first_purchase_over" ? (
        <Field name="triggerAmount" label="Purchase of at least" className="sm:max-w-60">
          <MoneyInput currency={currency} defaultValue={texts.triggerAmount} />
        </Field>
      ) : null}
      {texts.trigger === "goal" ? (
        <Field
          name="goalType"
          label="Type of the event"
          hint="As your shop sends it, like trial_started."
          className="sm:max-w-80"
        >
          <Input
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
            defaultValue={texts.goalType}
          />
        </Field>
      ) : null}
      <Checkbox
        name="newCustomersOnly"
        label="Only new customers"
        hint="Someone who bought from you before the invitation does not count."
        defaultChecked={texts.newCustomersOnly === "on"}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="windowDays"
          label="Time the friend has"
          hint="From the click on the link to what counts."
        >
          <Input
            inputMode="numeric"
            autoComplete="off"
            suffix="days"
            defaultValue={texts.windowDays}
          />
        </Field>
        <Field
          name="holdDays"
          label="Hold rewards for"
          hint={`So that a return comes before the reward. Your return window is ${returnWindowDays === 1 ? "1 day" : `${returnWindowDays} days`}.`}
        >
          <Input
            inputMode="numeric"
            autoComplete="off"
            suffix="days"
            defaultValue={texts.holdDays}
          />
        </Field>
      </div>
    </div>
  );
}

/** How much it may cost, and between which days. Empty means without limit. */
export function LimitFields({ texts, currency }: SectionProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="advocateCap" label="Rewards per advocate" optional hint="Empty means no limit.">
        <Input inputMode="numeric" autoComplete="off" defaultValue={texts.advocateCap} />
      </Field>
      <Field name="budgetRewards" label="Rewards in all" optional hint="For both sides together.">
        <Input inputMode="numeric" autoComplete="off" defaultValue={texts.budgetRewards} />
      </Field>
      <Field
        name="budgetCost"
        label="Budget"
        optional
        hint="No reward is granted that would go beyond it."
      >
        <MoneyInput currency={currency} defaultValue={texts.budgetCost} />
      </Field>
      <div className="hidden sm:block" />
      <Field name="startsOn" label="First day" optional hint="Empty means as soon as you publish.">
        <Input type="date" defaultValue={texts.startsOn} />
      </Field>
      <Field name="endsOn" label="Last day" optional hint="Empty means until you end it.">
        <Input type="date" defaultValue={texts.endsOn} />
      </Field>
    </div>
  );
}

/** Where a friend's click leads. */
export function DestinationFields({ texts }: { texts: FormTexts }) {
  return (
    <div className="flex flex-col gap-4">
      <RadioGroup
        name="destination"
        legend="Where a link leads"
        hideLegend
        look="cards"
        defaultValue={texts.destination}
        choices={[
          {
            value: "invite",
            label: "Our invite page",
            hint: "Says who invites and what both get. The friend leaves an address.",
          },
          {
            value: "shop",
            label: "Straight to your shop",
            hint: "With the code in the address. Your shop reports the purchase.",
          },
        ]}
      />
      {texts.destination === "shop" ? (
        <Field name="destinationUrl" label="Address in your shop">
          <Input
            type="url"
            inputMode="url"
            autoComplete="url"
            placeholder="https://"
            defaultValue={texts.destinationUrl}
          />
        </Field>
      ) : null}
    </div>
  );
}

const LANGUAGES = [
  { value: "En", label: "English" },
  { value: "Sq", label: "Albanian" },
  { value: "Zh", label: "Chinese" },
];

/** The small print, a text for each language; each keeps its text while another is in sight. */
export function TermsTextFields({ texts }: { texts: FormTexts }) {
  const [language, setLanguage] = useState("En");
  return (
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
      {LANGUAGES.map(({ value, label }) => (
        <div key={value} hidden={value !== language}>
          <Field
            name={`terms${value}`}
            label={`Terms in ${label}`}
            hideLabel
            hint={
              value === "En"
                ? "Shown where a language has no text of its own."
                : "Left empty, the English text is shown."
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
  );
}
