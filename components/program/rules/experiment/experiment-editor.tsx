"use client";

import { useRouter } from "next/navigation";
import { ActionForm } from "../../../forms/action-form";
import { FormActions } from "../../../forms/form-actions";
import { SubmitButton } from "../../../forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { Button, ButtonLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import type { FormAction } from "@/lib/core/action-result";
import { type ExperimentForm, experimentFormSchema, readExperimentForm } from "@/lib/terms/form";
import { FormPart } from "../../form-part";
import { EditorProvider } from "../editor/editor-context";
import type { EditorShop } from "../editor/editor-shop";
import { LiveErrors } from "../editor/live-errors";
import { useDraftForm } from "../editor/use-draft-form";
import { ArmsFields } from "./arms-fields";
import { EndExperiment } from "./end-experiment";

type ExperimentEditorProps = {
  action: FormAction<null>;
  end: FormAction<null>;
  programId: string;
  form: ExperimentForm;
  /** The draft has it already. */
  begun: boolean;
  /** It was published: who was drawn stays drawn, and shares are fixed. */
  fixed: boolean;
  /** An id for the experiment after it. */
  nextId: string;
  rules: readonly { id: string; words: string }[];
  shop: EditorShop;
  rulesHref: string;
};

/** A question, arms to compare, and which rule belongs to which arm. */
export function ExperimentEditor(props: ExperimentEditorProps) {
  const { action, end, programId, form: saved, begun, fixed, nextId, rules, shop } = props;
  const { rulesHref } = props;
  const router = useRouter();
  const { value, change, changed, asSent, send, forget, done } = useDraftForm({
    action,
    fields: { programId },
    keptAs: `${programId}:experiment`,
    saved,
    schema: experimentFormSchema,
    message: "Saved in the draft.",
    rulesHref,
  });
  const set = (next: Partial<ExperimentForm>) => change({ ...value, ...next });
  const isFixed = fixed && value.id === saved.id;
  const ended = () => {
    forget();
    router.push(rulesHref);
  };
  return (
    <EditorProvider shop={shop}>
      <ActionForm
        action={send}
        onSuccess={done}
        watched={{ keptChanges: changed }}
        className="max-w-2xl"
      >
        <LiveErrors problems={readExperimentForm(value, []).problems} asSent={asSent}>
          {isFixed ? <Published onRenew={() => set({ id: nextId })} /> : null}
          {fixed && !isFixed ? <Renewed onUndo={() => change(saved)} /> : null}
          <FormPart title="Question">
            <Field name="question" label="What do you want to learn?">
              <Input
                maxLength={200}
                autoComplete="off"
                placeholder="Do people share more for cash or for store credit?"
                value={value.question}
                onChange={({ target }) => set({ question: target.value })}
              />
            </Field>
          </FormPart>
          <FormPart title="Arms" description={ABOUT_ARMS}>
            <ArmsFields arms={value.arms} fixed={isFixed} onChange={(arms) => set({ arms })} />
          </FormPart>
          <FormPart title="Rules of each arm" description={ABOUT_RULES}>
            <RulesOfArms form={value} rules={rules} onChange={(next) => set({ rules: next })} />
          </FormPart>
          <FormActions sticky>
            <SubmitButton>Save</SubmitButton>
            <ButtonLink variant="quiet" href={rulesHref}>
              Back
            </ButtonLink>
            {begun ? (
              <span className="ml-auto">
                <EndExperiment
                  action={end}
                  programId={programId}
                  arms={saved.arms}
                  onEnded={ended}
                />
              </span>
            ) : null}
          </FormActions>
        </LiveErrors>
      </ActionForm>
    </EditorProvider>
  );
}

const ABOUT_ARMS =
  "Each advocate is assigned once, by these shares, and stays in that arm with their friends. " +
  "Segments come first.";
const ABOUT_RULES =
  "A rule without an arm applies to everyone. For different rewards, duplicate a rule and give " +
  "each copy its arm.";

function Published({ onRenew }: { onRenew: () => void }) {
  return (
    <Alert
      tone="accent"
      title="This experiment has been published"
      action={
        <Button size="sm" onClick={onRenew}>
          Start a new experiment
        </Button>
      }
    >
      Advocates stay in their arm, so shares and segments are fixed. A new experiment assigns
      everyone again.
    </Alert>
  );
}

function Renewed({ onUndo }: { onUndo: () => void }) {
  return (
    <Alert
      tone="warn"
      title="New experiment"
      action={
        <Button size="sm" onClick={onUndo}>
          Keep the current one
        </Button>
      }
    >
      Publishing it replaces the running experiment and assigns everyone again.
    </Alert>
  );
}

type RulesOfArmsProps = {
  form: ExperimentForm;
  rules: ExperimentEditorProps["rules"];
  onChange: (rules: ExperimentForm["rules"]) => void;
};

function RulesOfArms({ form, rules, onChange }: RulesOfArmsProps) {
  const options = [
    { value: "", label: "Everyone" },
    ...form.arms.map((arm) => ({ value: arm.id, label: arm.name || "Unnamed arm" })),
  ];
  return (
    <ul className="flex flex-col gap-4">
      {rules.map(({ id, words }) => (
        <li key={id}>
          <Field name={`rules.${id}`} label={words}>
            <Select
              options={options}
              value={form.rules[id] ?? ""}
              onChange={({ target }) => onChange({ ...form.rules, [id]: target.value })}
            />
          </Field>
        </li>
      ))}
    </ul>
  );
}
