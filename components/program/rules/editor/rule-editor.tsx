"use client";

import { useDeferredValue } from "react";
import { ActionForm } from "../../../forms/action-form";
import { FormActions } from "../../../forms/form-actions";
import { SubmitButton } from "../../../forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { cx } from "@/components/ui/cx";
import type { FormAction } from "@/lib/core/action-result";
import { readRuleForm, type RuleForm, ruleFormSchema, toRuleForm } from "@/lib/terms/form";
import type { Rule, Terms } from "@/lib/terms/schema";
import { FormPart } from "../../form-part";
import { ConditionBuilder } from "@/components/terms/conditions/condition-builder";
import { TriggerFields } from "@/components/terms/trigger-fields";
import { WorthFields } from "@/components/terms/worth-fields";
import { EditorProvider } from "./editor-context";
import type { EditorShop } from "./editor-shop";
import { ExpiryFields } from "./expiry-fields";
import { LiveErrors } from "./live-errors";
import { ArmPart, RecipientPart, Restored, RuleLimitsPart } from "./rule-parts";
import { RulePreview } from "./rule-preview";
import { useDraftForm } from "./use-draft-form";

type RuleEditorProps = {
  action: FormAction<{ ruleId: string }>;
  /** The rule as the draft has it, or what a new one starts from. */
  rule: Omit<Rule, "id">;
  program: { id: string; draft: Terms };
  /** Null for a new rule. */
  ruleId: string | null;
  /** Under which name what is not saved yet is kept: the rule's, or the template's. */
  keptAs: string;
  shop: EditorShop;
  rulesHref: string;
};

/** One rule: its trigger, conditions, reward, hold, expiry, limits and arm. */
export function RuleEditor(props: RuleEditorProps) {
  const { action, rule, program, ruleId, keptAs, shop, rulesHref } = props;
  const {
    value: form,
    change,
    changed,
    asSent,
    restored,
    discard,
    send,
    done,
  } = useDraftForm({
    action,
    fields: { programId: program.id, ruleId: ruleId ?? "" },
    keptAs: `${program.id}:${keptAs}`,
    saved: toRuleForm(rule),
    schema: ruleFormSchema,
    message: ruleId ? "Rule saved in the draft." : "Rule added to the draft.",
    rulesHref,
  });
  const preview = readRuleForm(useDeferredValue(form), ruleId ?? "new");
  return (
    <EditorProvider shop={shop}>
      <div
        className={cx(
          "grid items-start gap-x-10 gap-y-6",
          "lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] xl:grid-cols-[minmax(0,1fr)_24rem]",
        )}
      >
        <ActionForm action={send} onSuccess={done} watched={{ keptChanges: changed }}>
          <LiveErrors problems={preview.problems} asSent={asSent}>
            {restored ? <Restored onDiscard={discard} /> : null}
            <RuleFields form={form} onChange={(next) => change({ ...form, ...next })} />
            <FormActions sticky>
              <SubmitButton>{ruleId ? "Save rule" : "Add rule"}</SubmitButton>
              <ButtonLink variant="quiet" href={rulesHref}>
                Back
              </ButtonLink>
              {changed ? (
                <span className="text-[0.8125rem]/5 text-ink-muted" role="status">
                  Unsaved, kept in this browser.
                </span>
              ) : null}
            </FormActions>
          </LiveErrors>
        </ActionForm>
        <aside
          aria-label="Preview"
          className={cx(
            "lg:sticky lg:top-3 lg:-mx-3 lg:max-h-[calc(100dvh-1.5rem)] lg:overflow-y-auto",
            "lg:px-3 lg:pt-3 lg:pb-6",
          )}
        >
          <RulePreview rule={preview.value} problems={preview.problems} terms={program.draft} />
        </aside>
      </div>
    </EditorProvider>
  );
}

type RuleFieldsProps = { form: RuleForm; onChange: (change: Partial<RuleForm>) => void };

function RuleFields({ form, onChange }: RuleFieldsProps) {
  return (
    <>
      <RecipientPart form={form} onChange={onChange} />
      <FormPart title="Trigger">
        <TriggerFields on={form.on} side={form.side} onChange={(on) => onChange({ on })} />
      </FormPart>
      <FormPart
        title="Conditions"
        description="Extra conditions. A condition on an unknown value fails."
      >
        <ConditionBuilder
          group={form.conditions}
          path="conditions"
          onChange={(conditions) => onChange({ conditions })}
        />
      </FormPart>
      <FormPart title="Reward">
        <WorthFields worth={form} path="" trigger={form.on.kind} onChange={onChange} />
      </FormPart>
      <FormPart
        title="Hold and expiry"
        description="A hold leaves time for returns. Expiry keeps old rewards from piling up."
      >
        <ExpiryFields form={form} onChange={onChange} />
      </FormPart>
      <RuleLimitsPart form={form} onChange={onChange} />
      <ArmPart form={form} onChange={onChange} />
    </>
  );
}
