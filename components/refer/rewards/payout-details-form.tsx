"use client";

import { useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import type { FormAction } from "@/lib/core/action-result";
import type { DestinationKind } from "@/lib/merchants/schema";

type Words = Record<
  | "how"
  | "holder"
  | "holderHint"
  | "iban"
  | "ibanHint"
  | "paypal"
  | "details"
  | "detailsHint"
  | "note"
  | "save"
  | "sent",
  string
>;

type PayoutDetailsFormProps = {
  action: FormAction;
  /** How the shop pays, with what it is called. */
  kinds: { value: DestinationKind; label: string }[];
  /** The customer's name, where it is known. */
  holder: string;
  words: Words;
};

/** Where a customer's cash goes: one way, and what it takes. */
export function PayoutDetailsForm({ action, kinds, holder, words }: PayoutDetailsFormProps) {
  const [kind, setKind] = useState(kinds[0]!.value);
  return (
    <ActionForm action={action} successMessage={words.sent}>
      {({ result }) =>
        // What was sent does not stay on the screen.
        result?.ok ? null : (
          <>
            {kinds.length > 1 ? (
              <RadioGroup
                name="kind"
                legend={words.how}
                look="cards"
                choices={kinds}
                value={kind}
                onValueChange={(value) => setKind(value as DestinationKind)}
              />
            ) : (
              <input type="hidden" name="kind" value={kind} />
            )}
            <KindFields kind={kind} holder={holder} words={words} />
            <div className="flex flex-col gap-2">
              <div>
                <SubmitButton>{words.save}</SubmitButton>
              </div>
              <p className="text-[0.8125rem]/5 text-ink-muted">{words.note}</p>
            </div>
          </>
        )
      }
    </ActionForm>
  );
}

function KindFields({
  kind,
  holder,
  words,
}: Omit<PayoutDetailsFormProps, "action" | "kinds"> & { kind: DestinationKind }) {
  if (kind === "paypal")
    return (
      <Field name="paypal" label={words.paypal} required>
        <Input type="email" maxLength={254} autoComplete="email" />
      </Field>
    );
  if (kind === "other")
    return (
      <Field name="details" label={words.details} hint={words.detailsHint} required>
        <Input maxLength={200} autoComplete="off" />
      </Field>
    );
  return (
    <>
      <Field name="holder" label={words.holder} hint={words.holderHint} required>
        <Input defaultValue={holder} maxLength={70} autoComplete="name" />
      </Field>
      <Field name="iban" label={words.iban} hint={words.ibanHint} required>
        <Input maxLength={100} autoComplete="off" spellCheck={false} className="figure" />
      </Field>
    </>
  );
}
