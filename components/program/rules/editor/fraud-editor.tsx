"use client";

import { ActionForm } from "../../../forms/action-form";
import { FormActions } from "../../../forms/form-actions";
import { SubmitButton } from "../../../forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import type { FormAction } from "@/lib/core/action-result";
import { type FraudForm, fraudFormSchema, readFraudForm, toFraudForm } from "@/lib/terms/form";
import { SIGNAL_KINDS, SIGNAL_WEIGHTS, type SignalKind, type Terms } from "@/lib/terms/schema";
import { FormPart } from "../../form-part";
import { EditorProvider } from "./editor-context";
import type { EditorShop } from "./editor-shop";
import { LiveErrors } from "./live-errors";
import { useDraftForm } from "./use-draft-form";

type FraudEditorProps = {
  action: FormAction<null>;
  program: { id: string; draft: Terms };
  /** What each kind of signal is called. */
  titles: Readonly<Record<SignalKind, string>>;
  shop: EditorShop;
  rulesHref: string;
};

/** From when on a referral is held for review, and what each signal counts for. */
export function FraudEditor({ action, program, titles, shop, rulesHref }: FraudEditorProps) {
  const {
    value: form,
    change,
    changed,
    asSent,
    send,
    done,
  } = useDraftForm({
    action,
    fields: { programId: program.id },
    keptAs: `${program.id}:fraud`,
    saved: toFraudForm(program.draft),
    schema: fraudFormSchema,
    message: "Saved in the draft.",
    rulesHref,
  });
  const set = (next: Partial<FraudForm>) => change({ ...form, ...next });
  return (
    <EditorProvider shop={shop}>
      <ActionForm
        action={send}
        onSuccess={done}
        watched={{ keptChanges: changed }}
        className="max-w-2xl"
      >
        <LiveErrors problems={readFraudForm(form).problems} asSent={asSent}>
          <ThresholdsPart form={form} onChange={set} />
          <FormPart
            title="What each signal counts for"
            description="From 0 (only noted) to 100. Who is proven to be the advocate is rejected."
          >
            <div className="grid gap-4 sm:grid-cols-2">
              {SIGNAL_KINDS.map((kind) => (
                <NumberField
                  key={kind}
                  name={`weights.${kind}`}
                  label={titles[kind]}
                  hint={`${SIGNAL_WEIGHTS[kind]} by default`}
                  value={form.weights[kind]}
                  onChange={(value) => set({ weights: { ...form.weights, [kind]: value } })}
                />
              ))}
            </div>
          </FormPart>
          <FormActions sticky>
            <SubmitButton>Save</SubmitButton>
            <ButtonLink variant="quiet" href={rulesHref}>
              Back
            </ButtonLink>
          </FormActions>
        </LiveErrors>
      </ActionForm>
    </EditorProvider>
  );
}

type PartProps = { form: FraudForm; onChange: (change: Partial<FraudForm>) => void };

function ThresholdsPart({ form, onChange }: PartProps) {
  return (
    <FormPart
      title="When a referral is held"
      description="Its rewards wait for your decision. Below that, signals are only noted."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          name="holdFrom"
          label="Held from a score of"
          hint="From 1 to 100."
          value={form.holdFrom}
          onChange={(holdFrom) => onChange({ holdFrom })}
        />
        <NumberField
          name="friendsADay"
          label="Friends of one advocate in a day"
          hint="From this number on, it is a signal."
          value={form.friendsADay}
          onChange={(friendsADay) => onChange({ friendsADay })}
        />
        <NumberField
          name="peopleOfANetwork"
          label="People from one network in a day"
          hint="From this number on, it is a signal. Offices and schools share a network."
          value={form.peopleOfANetwork}
          onChange={(peopleOfANetwork) => onChange({ peopleOfANetwork })}
        />
        <NumberField
          name="answerDays"
          label="Days without an answer to our email"
          hint="After these, it is a signal when the reward is about to be released."
          value={form.answerDays}
          onChange={(answerDays) => onChange({ answerDays })}
        />
      </div>
    </FormPart>
  );
}

type NumberFieldProps = {
  name: string;
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
};

function NumberField({ name, label, hint, value, onChange }: NumberFieldProps) {
  return (
    <Field name={name} label={label} hint={hint}>
      <Input
        inputMode="numeric"
        autoComplete="off"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  );
}
