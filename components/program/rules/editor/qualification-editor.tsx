"use client";

import { ActionForm } from "../../../forms/action-form";
import { FormActions } from "../../../forms/form-actions";
import { SubmitButton } from "../../../forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import type { FormAction } from "@/lib/core/action-result";
import {
  qualificationFormSchema,
  readQualificationForm,
  toQualificationForm,
} from "@/lib/terms/form";
import type { Terms } from "@/lib/terms/schema";
import { FormPart } from "../../form-part";
import { ConditionBuilder } from "@/components/terms/conditions/condition-builder";
import { EditorProvider } from "./editor-context";
import type { EditorShop } from "./editor-shop";
import { LiveErrors } from "./live-errors";
import { useDraftForm } from "./use-draft-form";
import { TriggerFields } from "@/components/terms/trigger-fields";

type QualificationEditorProps = {
  action: FormAction<null>;
  program: { id: string; draft: Terms };
  shop: EditorShop;
  rulesHref: string;
};

/** What qualifies a referral: something the friend does, under conditions. */
export function QualificationEditor({
  action,
  program,
  shop,
  rulesHref,
}: QualificationEditorProps) {
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
    keptAs: `${program.id}:qualification`,
    saved: toQualificationForm(program.draft.qualification),
    schema: qualificationFormSchema,
    message: "Saved in the draft.",
    rulesHref,
  });
  return (
    <EditorProvider shop={shop}>
      <ActionForm
        action={send}
        onSuccess={done}
        watched={{ keptChanges: changed }}
        className="max-w-2xl"
      >
        <LiveErrors problems={readQualificationForm(form).problems} asSent={asSent}>
          <FormPart title="Trigger">
            <TriggerFields on={form.on} side={null} onChange={(on) => change({ ...form, on })} />
          </FormPart>
          <FormPart title="Conditions" description="Purchases that do not meet these do not count.">
            <ConditionBuilder
              group={form.conditions}
              path="conditions"
              onChange={(conditions) => change({ ...form, conditions })}
            />
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
