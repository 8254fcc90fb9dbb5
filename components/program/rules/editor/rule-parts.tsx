"use client";

import { Alert } from "@/components/ui/content/alert";
import { Button } from "@/components/ui/controls/button";
import { Checkbox, RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { AMOUNT_CALCULATORS, emptyKindForm, type RuleForm, withKind } from "@/lib/terms/form";
import { BENEFITS } from "@/lib/terms/kinds/benefits";
import { triggerKind, TRIGGERS } from "@/lib/terms/kinds/triggers";
import { FormPart } from "../../form-part";
import { WorthFields } from "@/components/terms/worth-fields";
import { CapsFields } from "./caps-fields";
import { useEditorShop } from "./editor-context";

type PartProps = { form: RuleForm; onChange: (change: Partial<RuleForm>) => void };

/** What was typed and not saved is there again. */
export function Restored({ onDiscard }: { onDiscard: () => void }) {
  return (
    <Alert
      tone="accent"
      title="Your unsaved changes are back"
      action={
        <Button size="sm" onClick={onDiscard}>
          Discard
        </Button>
      }
    >
      You left this page before saving.
    </Alert>
  );
}

/** Whom the rule rewards, and its name. */
export function RecipientPart({ form, onChange }: PartProps) {
  return (
    <FormPart title="Recipient">
      <RadioGroup
        name="side"
        legend="Recipient"
        hideLegend
        look="cards"
        value={form.side}
        onValueChange={(value) => {
          const side = value as RuleForm["side"];
          onChange({ side, on: fitting(form.on, side) });
        }}
        choices={[
          { value: "advocate", label: "The advocate" },
          { value: "friend", label: "The friend" },
        ]}
      />
      <Field
        name="name"
        label="Name"
        optional
        hint="Helps you find the rule; customers do not see it."
      >
        <Input
          maxLength={80}
          autoComplete="off"
          value={form.name}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </Field>
    </FormPart>
  );
}

/** A trigger that the side can have: an advocate's own actions reward the advocate only. */
function fitting(on: RuleForm["on"], side: RuleForm["side"]): RuleForm["on"] {
  return side === "friend" && triggerKind(on.kind).of === "advocate"
    ? withKind(on, "join", TRIGGERS)
    : on;
}

/** How often the rule grants a reward, and what it grants once a limit is reached. */
export function RuleLimitsPart({ form, onChange }: PartProps) {
  return (
    <FormPart
      title="Limits"
      description="Limits go by the date of the event, in your shop’s time zone."
    >
      <CapsFields
        caps={form.caps}
        empty="No limits of its own. The program’s limits apply."
        onChange={(caps) => onChange({ caps })}
      />
      <Checkbox
        label="Grant a fallback reward when a limit is reached"
        hint="Also when the budget is used up. The fallback must still fit the budget."
        checked={form.fallback !== null}
        onChange={({ target }) => onChange({ fallback: target.checked ? FALLBACK : null })}
      />
      {form.fallback ? (
        <div className="border-l-2 border-accent-mark/50 pl-3 sm:pl-4">
          <WorthFields
            worth={form.fallback}
            path="fallback."
            trigger={form.on.kind}
            onChange={(fallback) => onChange({ fallback })}
          />
        </div>
      ) : null}
    </FormPart>
  );
}

const FALLBACK: RuleForm["fallback"] = {
  benefit: emptyKindForm("points", BENEFITS),
  calculator: { ...emptyKindForm("fixed", AMOUNT_CALCULATORS), amount: "50" },
};

/** For which arm of the experiment the rule is; nothing where there is no experiment. */
export function ArmPart({ form, onChange }: PartProps) {
  const { arms } = useEditorShop();
  if (arms.length === 0) return null;
  return (
    <FormPart
      title="Arm"
      description="Applies to advocates in this arm of the experiment and to their friends."
    >
      <Field name="arm" label="Arm" hideLabel className="sm:max-w-80">
        <Select
          options={[
            { value: "", label: "Everyone" },
            ...arms.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={form.arm}
          onChange={({ target }) => onChange({ arm: target.value })}
        />
      </Field>
    </FormPart>
  );
}
