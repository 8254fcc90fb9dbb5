"use client";

import { useRouter } from "next/navigation";
import { ActionForm } from "../../forms/action-form";
import { FormActions } from "../../forms/form-actions";
import { SubmitButton } from "../../forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { readQualificationForm, toQualificationForm } from "@/lib/terms/form";
import { qualificationFormSchema } from "@/lib/terms/form/shape";
import type { Terms } from "@/lib/terms/schema";
import { FormPart } from "../form-part";
import { ConditionBuilder } from "./condition-builder";
import { EditorContext } from "./editor-context";
import type { EditorShop } from "./editor-shop";
import { formFields } from "./form-fields";
import { LiveErrors } from "./live-errors";
import { useUnsaved } from "./use-unsaved";
import { WhenFields } from "./when-section";

type QualificationEditorProps = {
  action: FormAction<null>;
  program: { id: string; draft: Terms };
  shop: EditorShop;
  rulesHref: string;
};

/** What confirms a referral: something that the friend does, on conditions. */
export function QualificationEditor({
  action,
  program,
  shop,
  rulesHref,
}: QualificationEditorProps) {
  const router = useRouter();
  const toast = useToast();
  const {
    value: form,
    change,
    asSent,
    send: text,
    forget,
  } = useUnsaved(
    `${program.id}:qualification`,
    toQualificationForm(program.draft.qualification),
    qualificationFormSchema,
  );
  const send: FormAction<null> = (previous) =>
    action(previous, formFields({ programId: program.id, form: text() }));
  const saved = () => {
    forget();
    toast({ message: "Saved in the draft.", tone: "good" });
    router.push(rulesHref);
  };
  return (
    <EditorContext value={shop}>
      <ActionForm action={send} onSuccess={saved} className="max-w-2xl">
        <LiveErrors problems={readQualificationForm(form).problems} asSent={asSent}>
          <FormPart title="When">
            <WhenFields on={form.on} side={null} onChange={(on) => change({ ...form, on })} />
          </FormPart>
          <FormPart title="If" description="Purchases that do not meet this do not count.">
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
    </EditorContext>
  );
}
