"use client";

import { useRouter } from "next/navigation";
import { ActionForm } from "../../forms/action-form";
import { FormActions } from "../../forms/form-actions";
import { SubmitButton } from "../../forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { readLimitsForm, toLimitsForm } from "@/lib/terms/form";
import { type LimitsForm, limitsFormSchema } from "@/lib/terms/form/shape";
import type { Terms } from "@/lib/terms/schema";
import { FormPart } from "../form-part";
import { CapsFields } from "./caps-fields";
import { EditorContext } from "./editor-context";
import type { EditorShop } from "./editor-shop";
import { formFields } from "./form-fields";
import { LiveErrors } from "./live-errors";
import { useUnsaved } from "./use-unsaved";

type LimitsEditorProps = {
  action: FormAction<null>;
  program: { id: string; draft: Terms };
  shop: EditorShop;
  rulesHref: string;
};

/** What holds for all rules together: budget, limits, and the friend's "who told you?". */
export function LimitsEditor({ action, program, shop, rulesHref }: LimitsEditorProps) {
  const router = useRouter();
  const toast = useToast();
  const {
    value: form,
    change,
    asSent,
    send: text,
    forget,
  } = useUnsaved(`${program.id}:limits`, toLimitsForm(program.draft), limitsFormSchema);
  const set = (next: Partial<LimitsForm>) => change({ ...form, ...next });
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
        <LiveErrors problems={readLimitsForm(form).problems} asSent={asSent}>
          <FormPart
            title="Budget"
            description="No reward is granted that would go beyond it. Both sides count."
          >
            <div className="grid gap-4 sm:grid-cols-2">
              <Field name="budget.cost" label="Cost in all" optional>
                <MoneyInput
                  currency={shop.currency}
                  value={form.budgetCost}
                  onChange={({ target }) => set({ budgetCost: target.value })}
                />
              </Field>
              <Field name="budgetRewards" label="Rewards in all" optional>
                <Input
                  inputMode="numeric"
                  autoComplete="off"
                  value={form.budgetRewards}
                  onChange={({ target }) => set({ budgetRewards: target.value })}
                />
              </Field>
              <Field
                name="advocateCap"
                label="Rewards per advocate"
                optional
                hint="In this program, ever."
              >
                <Input
                  inputMode="numeric"
                  autoComplete="off"
                  value={form.advocateCap}
                  onChange={({ target }) => set({ advocateCap: target.value })}
                />
              </Field>
            </div>
          </FormPart>
          <FormPart
            title="Limits over all rules"
            description="Rules can have limits of their own besides."
          >
            <CapsFields
              caps={form.caps}
              empty="No further limits."
              onChange={(caps) => set({ caps })}
            />
          </FormPart>
          <FormPart
            title="“Who told you?”"
            description="A friend who came without a link or code can still name who told them, after the purchase."
          >
            <RadioGroup
              name="nominations"
              legend="Who told you?"
              hideLegend
              value={form.nominations}
              onValueChange={(nominations) =>
                set({ nominations: nominations as LimitsForm["nominations"] })
              }
              choices={[
                { value: "off", label: "Do not ask" },
                {
                  value: "advocate",
                  label: "Ask, and let the advocate confirm",
                  hint: "Their yes makes it a referral.",
                },
                {
                  value: "merchant",
                  label: "Ask, and decide yourself",
                  hint: "Each name waits in the service desk for your decision.",
                },
              ]}
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
