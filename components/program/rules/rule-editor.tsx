"use client";

import { useRouter } from "next/navigation";
import { useDeferredValue } from "react";
import { ActionForm } from "../../forms/action-form";
import { FormActions } from "../../forms/form-actions";
import { SubmitButton } from "../../forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { Button, ButtonLink } from "@/components/ui/controls/button";
import { Checkbox, RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { readRuleForm, toRuleForm } from "@/lib/terms/form";
import {
  emptyBenefit,
  emptyCalculator,
  type RuleForm,
  ruleFormSchema,
} from "@/lib/terms/form/shape";
import { ADVOCATE_TRIGGERS, type Rule, type Terms } from "@/lib/terms/schema";
import { FormPart } from "../form-part";
import { CapsFields } from "./caps-fields";
import { ConditionBuilder } from "./condition-builder";
import { EditorContext } from "./editor-context";
import type { EditorShop } from "./editor-shop";
import { ExpiryFields } from "./expiry-fields";
import { formFields } from "./form-fields";
import { LiveErrors } from "./live-errors";
import { RulePreview } from "./rule-preview";
import { useUnsaved } from "./use-unsaved";
import { WhenFields } from "./when-section";
import { WorthFields } from "./worth-fields";

type RuleEditorProps = {
  action: FormAction<{ ruleId: string }>;
  /** The rule as the draft has it, or what a new one begins with. */
  rule: Omit<Rule, "id">;
  program: { id: string; draft: Terms };
  /** Null for a new rule. */
  ruleId: string | null;
  /** Under which name what is not saved yet is kept: the rule's, or the template's. */
  keptAs: string;
  shop: EditorShop;
  rulesHref: string;
};

/**
 * One rule: when, if, what it gives, how long that waits and lasts, how often, and for which arm.
 */
export function RuleEditor({
  action,
  rule,
  program,
  ruleId,
  keptAs,
  shop,
  rulesHref,
}: RuleEditorProps) {
  const router = useRouter();
  const toast = useToast();
  const {
    value: form,
    change,
    changed,
    asSent,
    send: text,
    restored,
    discard,
    forget,
  } = useUnsaved(`${program.id}:${keptAs}`, toRuleForm(rule), ruleFormSchema);
  const set = (next: Partial<RuleForm>) => change({ ...form, ...next });
  const preview = readRuleForm(useDeferredValue(form), ruleId ?? "new");
  const send: FormAction<{ ruleId: string }> = (previous) =>
    action(previous, formFields({ programId: program.id, ruleId: ruleId ?? "", form: text() }));
  const saved = () => {
    forget();
    toast({
      message: ruleId ? "Rule saved in the draft." : "Rule added to the draft.",
      tone: "good",
    });
    router.push(rulesHref);
  };
  return (
    <EditorContext value={shop}>
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] xl:grid-cols-[minmax(0,1fr)_24rem]">
        <ActionForm action={send} onSuccess={saved}>
          <LiveErrors problems={preview.problems} asSent={asSent}>
            {restored ? (
              <Alert
                tone="accent"
                title="Your changes are still here"
                action={
                  <Button size="sm" onClick={discard}>
                    Discard them
                  </Button>
                }
              >
                You left before saving. Nothing of it was lost.
              </Alert>
            ) : null}
            <FormPart
              title="For whom"
              description="A name helps you find the rule again; customers do not see it."
            >
              <RadioGroup
                name="side"
                legend="Rewards"
                hideLegend
                look="cards"
                value={form.side}
                onValueChange={(side) =>
                  set({
                    side: side as RuleForm["side"],
                    on: fitting(form.on, side as RuleForm["side"]),
                  })
                }
                choices={[
                  { value: "advocate", label: "The one who shares" },
                  { value: "friend", label: "The friend" },
                ]}
              />
              <Field name="name" label="Name" optional>
                <Input
                  maxLength={80}
                  autoComplete="off"
                  value={form.name}
                  onChange={({ target }) => set({ name: target.value })}
                />
              </Field>
            </FormPart>
            <FormPart title="When">
              <WhenFields on={form.on} side={form.side} onChange={(on) => set({ on })} />
            </FormPart>
            <FormPart
              title="If"
              description="What it must be besides. What is not known does not hold."
            >
              <ConditionBuilder
                group={form.conditions}
                path="conditions"
                onChange={(conditions) => set({ conditions })}
              />
            </FormPart>
            <FormPart title="Gives">
              <WorthFields
                worth={form}
                path=""
                trigger={form.on.kind}
                onChange={({ benefit, calculator }) => set({ benefit, calculator })}
              />
            </FormPart>
            <FormPart
              title="Hold and expiry"
              description="So that a return comes before the reward, and old rewards do not pile up."
            >
              <ExpiryFields form={form} onChange={set} />
            </FormPart>
            <FormPart
              title="Limits"
              description="Counted by when the cause happened, in days, weeks and months of your shop."
            >
              <CapsFields
                caps={form.caps}
                empty="This rule has no limits of its own. Those of the program hold for it too."
                onChange={(caps) => set({ caps })}
              />
              <Checkbox
                label="Give something smaller when no room is left"
                hint="When a limit or the budget leaves no room. It has to fit the budget too."
                checked={form.fallback !== null}
                onChange={({ target }) =>
                  set({
                    fallback: target.checked
                      ? {
                          benefit: { ...emptyBenefit, kind: "points" },
                          calculator: { ...emptyCalculator, amount: "50" },
                        }
                      : null,
                  })
                }
              />
              {form.fallback ? (
                <div className="border-l-2 border-accent-mark/50 pl-3 sm:pl-4">
                  <WorthFields
                    worth={form.fallback}
                    path="fallback."
                    trigger={form.on.kind}
                    onChange={(fallback) => set({ fallback })}
                  />
                </div>
              ) : null}
            </FormPart>
            {shop.arms.length > 0 ? (
              <FormPart
                title="Arm"
                description="Only for advocates in this arm of the experiment, and for their friends."
              >
                <Field name="arm" label="Arm" hideLabel className="sm:max-w-80">
                  <Select
                    options={[
                      { value: "", label: "All of them" },
                      ...shop.arms.map(({ id, name }) => ({ value: id, label: name })),
                    ]}
                    value={form.arm}
                    onChange={({ target }) => set({ arm: target.value })}
                  />
                </Field>
              </FormPart>
            ) : null}
            <FormActions sticky>
              <SubmitButton>{ruleId ? "Save rule" : "Add rule"}</SubmitButton>
              <ButtonLink variant="quiet" href={rulesHref}>
                Back
              </ButtonLink>
              {changed ? (
                <span className="text-[0.8125rem]/5 text-ink-muted" role="status">
                  Not saved yet. Kept in this browser.
                </span>
              ) : null}
            </FormActions>
          </LiveErrors>
        </ActionForm>
        <aside
          aria-label="Preview"
          className="lg:sticky lg:top-3 lg:-mx-3 lg:max-h-[calc(100dvh-1.5rem)] lg:overflow-y-auto lg:px-3 lg:pt-3 lg:pb-6"
        >
          <RulePreview rule={preview.value} problems={preview.problems} terms={program.draft} />
        </aside>
      </div>
    </EditorContext>
  );
}

/** A trigger that the side can have: the advocate's own doing rewards the advocate only. */
function fitting(on: RuleForm["on"], side: RuleForm["side"]): RuleForm["on"] {
  return side === "friend" && ADVOCATE_TRIGGERS.includes(on.kind) ? { ...on, kind: "join" } : on;
}
