"use client";

import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import { daysText } from "@/lib/terms/words/staff";
import { NewCustomersField, WindowField } from "./details-fields";
import type { FormTexts } from "./form-texts";

type Props = { texts: FormTexts; currency: string };

/** What the friend must do, by when, and how long rewards are held. */
export function QualificationFields({
  texts,
  currency,
  returnWindowDays,
}: Props & { returnWindowDays: number }) {
  return (
    <div className="flex flex-col gap-5">
      <RadioGroup
        name="trigger"
        legend="A referral qualifies when the friend"
        defaultValue={texts.trigger}
        choices={[
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
        <Field name="triggerAmount" label="Minimum amount" className="sm:max-w-60">
          <MoneyInput currency={currency} defaultValue={texts.triggerAmount} />
        </Field>
      ) : null}
      {texts.trigger === "goal" ? (
        <Field
          name="goalType"
          label="Event type"
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
      <NewCustomersField texts={texts} />
      <div className="grid gap-4 sm:grid-cols-2">
        <WindowField texts={texts} />
        <Field
          name="holdDays"
          label="Hold rewards for"
          hint={`Leaves time for returns. Your return window is ${daysText(returnWindowDays)}.`}
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

/** How much the program may cost. */
export function LimitFields({ texts, currency }: Props) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="advocateCap" label="Rewards per advocate" optional hint="Empty: no limit.">
        <Input inputMode="numeric" autoComplete="off" defaultValue={texts.advocateCap} />
      </Field>
      <Field name="budgetRewards" label="Rewards in total" optional hint="Both sides together.">
        <Input inputMode="numeric" autoComplete="off" defaultValue={texts.budgetRewards} />
      </Field>
      <Field
        name="budgetCost"
        label="Budget"
        optional
        hint="Rewards that would exceed it are not granted."
      >
        <MoneyInput currency={currency} defaultValue={texts.budgetCost} />
      </Field>
    </div>
  );
}
