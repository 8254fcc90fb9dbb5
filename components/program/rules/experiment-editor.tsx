"use client";

import { Plus, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "../../forms/action-form";
import { FormActions } from "../../forms/form-actions";
import { SubmitButton } from "../../forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { Button, ButtonLink, IconButton } from "@/components/ui/controls/button";
import { Field, FieldMessage } from "@/components/ui/controls/field";
import { useFormState } from "@/components/ui/controls/form-context";
import { Input, Select } from "@/components/ui/controls/input";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { readExperimentForm } from "@/lib/terms/form/read";
import {
  type ArmForm,
  emptyGroup,
  type ExperimentForm,
  experimentFormSchema,
} from "@/lib/terms/form/shape";
import { FormPart } from "../form-part";
import { ConditionBuilder } from "./condition-builder";
import { EditorContext } from "./editor-context";
import type { EditorShop } from "./editor-shop";
import { EndExperiment } from "./end-experiment";
import { formFields } from "./form-fields";
import { LiveErrors } from "./live-errors";
import { useUnsaved } from "./use-unsaved";

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
export function ExperimentEditor({
  action,
  end,
  programId,
  form: saved,
  begun,
  fixed,
  nextId,
  rules,
  shop,
  rulesHref,
}: ExperimentEditorProps) {
  const router = useRouter();
  const toast = useToast();
  const {
    value: form,
    change,
    asSent,
    send: text,
    forget,
  } = useUnsaved(`${programId}:experiment`, saved, experimentFormSchema);
  const set = (next: Partial<ExperimentForm>) => change({ ...form, ...next });
  const isFixed = fixed && form.id === saved.id;
  const send: FormAction<null> = (previous) =>
    action(previous, formFields({ programId, form: text() }));
  const done = () => {
    forget();
    toast({ message: "Saved in the draft.", tone: "good" });
    router.push(rulesHref);
  };
  return (
    <EditorContext value={shop}>
      <ActionForm action={send} onSuccess={done} className="max-w-2xl">
        <LiveErrors problems={readExperimentForm(form, []).problems} asSent={asSent}>
          {isFixed ? (
            <Alert
              tone="accent"
              title="This experiment has been published"
              action={
                <Button size="sm" onClick={() => set({ id: nextId })}>
                  Begin a new experiment
                </Button>
              }
            >
              Who was drawn into an arm stays in it, so shares and segments are fixed. A new
              experiment draws everyone anew.
            </Alert>
          ) : null}
          {fixed && !isFixed ? (
            <Alert
              tone="warn"
              title="A new experiment"
              action={
                <Button size="sm" onClick={() => change(saved)}>
                  Keep the old one
                </Button>
              }
            >
              With the next publishing it takes the place of the one that runs, and everyone is
              drawn anew.
            </Alert>
          ) : null}
          <FormPart title="Question">
            <Field name="question" label="What do you want to know?">
              <Input
                maxLength={200}
                autoComplete="off"
                placeholder="Do people share more for cash or for store credit?"
                value={form.question}
                onChange={({ target }) => set({ question: target.value })}
              />
            </Field>
          </FormPart>
          <FormPart
            title="Arms"
            description="Each advocate is drawn once, by these shares, and stays in that arm with their friends. A segment goes before the draw."
          >
            <Arms arms={form.arms} fixed={isFixed} onChange={(arms) => set({ arms })} />
          </FormPart>
          <FormPart
            title="Which rule belongs to which arm"
            description="A rule without an arm is for all. To give arms different rewards, duplicate a rule and give each its arm."
          >
            <ul className="flex flex-col gap-4">
              {rules.map(({ id, words }) => (
                <li key={id}>
                  <Field name={`rules.${id}`} label={words}>
                    <Select
                      value={form.rules[id] ?? ""}
                      onChange={({ target }) =>
                        set({ rules: { ...form.rules, [id]: target.value } })
                      }
                      options={[
                        { value: "", label: "For all" },
                        ...form.arms.map((arm) => ({
                          value: arm.id,
                          label: arm.name || "An arm without a name",
                        })),
                      ]}
                    />
                  </Field>
                </li>
              ))}
            </ul>
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
                  onEnded={() => {
                    forget();
                    router.push(rulesHref);
                  }}
                />
              </span>
            ) : null}
          </FormActions>
        </LiveErrors>
      </ActionForm>
    </EditorContext>
  );
}

function Arms({
  arms,
  fixed,
  onChange,
}: {
  arms: readonly ArmForm[];
  fixed: boolean;
  onChange: (arms: ArmForm[]) => void;
}) {
  const error = useFormState().fieldErrors.arms;
  const [count, setCount] = useState(arms.length);
  const add = () => {
    const letters = "abcdefghijklmnopqrstuvwxyz";
    const id =
      [...letters].find((letter) => arms.every((arm) => arm.id !== letter)) ?? `arm-${count}`;
    setCount(count + 1);
    onChange([...arms, { id, name: "", drawn: true, percent: "", segment: emptyGroup }]);
  };
  return (
    <div className="flex flex-col gap-3">
      {error ? <FieldMessage>{error}</FieldMessage> : null}
      <ol className="flex flex-col gap-3">
        {arms.map((arm, index) => {
          const set = (next: Partial<ArmForm>) => onChange(arms.with(index, { ...arm, ...next }));
          return (
            <li
              key={arm.id}
              className="relative flex flex-col gap-3 rounded-control border border-line bg-raised p-3 sm:p-4"
            >
              <div className="grid gap-3 pr-9 sm:grid-cols-[minmax(0,1fr)_minmax(0,11rem)_minmax(0,7rem)] sm:pr-10">
                <Field name={`arms.${index}.name`} label="Name">
                  <Input
                    maxLength={80}
                    autoComplete="off"
                    value={arm.name}
                    onChange={({ target }) => set({ name: target.value })}
                  />
                </Field>
                <Field name={`arms.${index}.drawn`} label="Who is in it">
                  <Select
                    disabled={fixed}
                    value={arm.drawn ? "drawn" : "segment"}
                    onChange={({ target }) => set({ drawn: target.value === "drawn" })}
                    options={[
                      { value: "drawn", label: "A share, drawn" },
                      { value: "segment", label: "A segment" },
                    ]}
                  />
                </Field>
                {arm.drawn ? (
                  <Field name={`arms.${index}.shareBp`} label="Share">
                    <Input
                      inputMode="decimal"
                      autoComplete="off"
                      suffix="%"
                      disabled={fixed}
                      value={arm.percent}
                      onChange={({ target }) => set({ percent: target.value })}
                    />
                  </Field>
                ) : null}
              </div>
              {arm.drawn ? null : fixed ? (
                <p className="text-sm text-ink-muted">Its segment is fixed.</p>
              ) : (
                <ConditionBuilder
                  group={arm.segment}
                  path={`arms.${index}.segment`}
                  onChange={(segment) => set({ segment })}
                  empty="Say who is in this arm."
                  without={[
                    "order_total",
                    "product",
                    "category",
                    "currency",
                    "new_customer",
                    "days_since",
                    "time",
                  ]}
                />
              )}
              {fixed || arms.length <= 2 ? null : (
                <IconButton
                  label={`Remove arm ${index + 1}`}
                  size="sm"
                  className="absolute! top-2 right-2"
                  onClick={() => onChange(arms.toSpliced(index, 1))}
                >
                  <X aria-hidden="true" />
                </IconButton>
              )}
            </li>
          );
        })}
      </ol>
      {fixed ? null : (
        <div>
          <Button
            size="sm"
            icon={<Plus aria-hidden="true" />}
            disabled={arms.length >= 6}
            onClick={add}
          >
            Add arm
          </Button>
        </div>
      )}
    </div>
  );
}
