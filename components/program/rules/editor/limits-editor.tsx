"use client";

import { ActionForm } from "../../../forms/action-form";
import { FormActions } from "../../../forms/form-actions";
import { SubmitButton } from "../../../forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import type { FormAction } from "@/lib/core/action-result";
import { type LimitsForm, limitsFormSchema, readLimitsForm, toLimitsForm } from "@/lib/terms/form";
import type { Terms } from "@/lib/terms/schema";
import { FormPart } from "../../form-part";
import { CapsFields } from "./caps-fields";
import { EditorProvider } from "./editor-context";
import type { EditorShop } from "./editor-shop";
import { LiveErrors } from "./live-errors";
import { useDraftForm } from "./use-draft-form";

type LimitsEditorProps = {
  action: FormAction<null>;
  program: { id: string; draft: Terms };
  shop: EditorShop;
  rulesHref: string;
};

/** What applies to all rules together: budget, limits, and the friend's "who told you?". */
export function LimitsEditor({ action, program, shop, rulesHref }: LimitsEditorProps) {
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
    keptAs: `${program.id}:limits`,
    saved: toLimitsForm(program.draft),
    schema: limitsFormSchema,
    message: "Saved in the draft.",
    rulesHref,
  });
  const set = (next: Partial<LimitsForm>) => change({ ...form, ...next });
  return (
    <EditorProvider shop={shop}>
      <ActionForm
        action={send}
        onSuccess={done}
        watched={{ keptChanges: changed }}
        className="max-w-2xl"
      >
        <LiveErrors problems={readLimitsForm(form).problems} asSent={asSent}>
          <BudgetPart form={form} currency={shop.currency} onChange={set} />
          <FormPart
            title="Limits over all rules"
            description="Rules can also have limits of their own."
          >
            <CapsFields
              caps={form.caps}
              empty="No further limits."
              onChange={(caps) => set({ caps })}
            />
          </FormPart>
          <NominationsPart form={form} onChange={set} />
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

type PartProps = { form: LimitsForm; onChange: (change: Partial<LimitsForm>) => void };

function BudgetPart({ form, currency, onChange }: PartProps & { currency: string }) {
  return (
    <FormPart
      title="Budget"
      description="Rewards that would exceed it are not granted. Both sides count."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="budget.cost" label="Total cost" optional>
          <MoneyInput
            currency={currency}
            value={form.budgetCost}
            onChange={({ target }) => onChange({ budgetCost: target.value })}
          />
        </Field>
        <Field name="budgetRewards" label="Total rewards" optional>
          <Input
            inputMode="numeric"
            autoComplete="off"
            value={form.budgetRewards}
            onChange={({ target }) => onChange({ budgetRewards: target.value })}
          />
        </Field>
        <Field
          name="advocateCap"
          label="Rewards per advocate"
          optional
          hint="In this program, all time."
        >
          <Input
            inputMode="numeric"
            autoComplete="off"
            value={form.advocateCap}
            onChange={({ target }) => onChange({ advocateCap: target.value })}
          />
        </Field>
      </div>
    </FormPart>
  );
}

function NominationsPart({ form, onChange }: PartProps) {
  return (
    <FormPart
      title="“Who told you?”"
      description="Lets friends who came without a link or code name who told them."
    >
      <RadioGroup
        name="nominations"
        legend="Who told you?"
        hideLegend
        value={form.nominations}
        onValueChange={(nominations) =>
          onChange({ nominations: nominations as LimitsForm["nominations"] })
        }
        choices={[
          { value: "off", label: "Do not ask" },
          {
            value: "advocate",
            label: "Ask, and let the advocate confirm",
            hint: "It becomes a referral when they say yes.",
          },
          {
            value: "merchant",
            label: "Ask, and decide yourself",
            hint: "Each answer waits in the service desk for your decision.",
          },
        ]}
      />
    </FormPart>
  );
}
