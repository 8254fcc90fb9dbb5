"use client";

import { useRouter } from "next/navigation";
import { useDeferredValue, useRef, useState } from "react";
import { ActionForm } from "../forms/action-form";
import { FormActions } from "../forms/form-actions";
import { SubmitButton } from "../forms/submit-button";
import { Button, ButtonLink } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { readForm } from "@/lib/auth/form-data";
import {
  previewForm,
  type ProgramForm as FormValues,
  programFormSchema,
} from "@/lib/programs/form";
import { mainRule } from "@/lib/programs/rules";
import type { Side, Terms } from "@/lib/programs/schema";
import { qualification, ruleGives, ruleWhen } from "@/lib/programs/rule-words";
import { FormPart } from "./form-part";
import { ConditionFields, DestinationFields, LimitFields, TermsTextFields } from "./form-sections";
import { InvitePreview, type PreviewShop } from "./invite-preview";
import { PublishDialog } from "./publish-dialog";
import { type FormTexts, SideFields } from "./side-fields";

/** What saving answers: the program, and the version that it was published as, if it was. */
export type SavedProgram = { programId: string; version: number | null };

type ProgramFormProps = {
  action: FormAction<SavedProgram>;
  values: FormValues;
  /** Null for a program that is not there yet. */
  program: {
    id: string;
    state: string;
    draft: Terms;
    current: { version: number; terms: Terms } | null;
  } | null;
  shop: PreviewShop & { currency: string; returnWindowDays: number };
  /** Address of the list of programs. */
  listHref: string;
};

/**
 * The one page on which a program is made: plain questions on one side, the friend's page on the
 * other.
 */
export function ProgramForm({ action, values, program, shop, listHref }: ProgramFormProps) {
  const router = useRouter();
  const toast = useToast();
  const [texts, setTexts] = useState(() => textsOf(values));
  const [asked, setAsked] = useState<Terms | null>(null);
  const [view, setView] = useState("form");
  const publish = useRef<HTMLButtonElement>(null);
  const { currency, timeZone } = shop;
  const draft = program?.draft ?? null;
  const { terms, unclear } = previewForm(useDeferredValue(texts), currency, timeZone, draft);

  const saved = ({ programId, version }: SavedProgram) => {
    const page = `${listHref}/${programId}`;
    if (version !== null) {
      toast({ message: `Version ${version} is live.`, tone: "good" });
      router.push(page);
    } else {
      toast({ message: "Draft saved.", tone: "good" });
      if (!program) router.replace(`${page}/edit`);
    }
  };
  const askToPublish = (form: HTMLFormElement | null) => {
    if (!form) return;
    const read = programFormSchema(currency, timeZone, draft).safeParse(
      readForm(new FormData(form)),
    );
    // What does not fit yet is told by the server, field by field.
    if (read.success) setAsked(read.data.terms);
    else form.requestSubmit(publish.current);
  };

  return (
    <div className="flex flex-col gap-6">
      <div className="lg:hidden">
        <RadioGroup
          name="view"
          legend="Show"
          hideLegend
          look="segments"
          value={view}
          onValueChange={setView}
          choices={[
            { value: "form", label: "Questions" },
            { value: "preview", label: "Preview" },
          ]}
        />
      </div>
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] xl:grid-cols-[minmax(0,1fr)_24rem]">
        <ActionForm
          action={action}
          onSuccess={saved}
          onChange={({ currentTarget }) => setTexts((before) => textsFrom(before, currentTarget))}
          className={view === "form" ? undefined : "max-lg:hidden"}
        >
          {program ? <input type="hidden" name="programId" value={program.id} /> : null}
          <FormPart
            title="Name"
            description="You see it here, customers see it at the foot of mails."
          >
            <Field name="name" label="Name of the program" hideLabel>
              <Input
                maxLength={80}
                autoComplete="off"
                placeholder="Bring a friend"
                defaultValue={texts.name}
              />
            </Field>
          </FormPart>
          <FormPart
            title="What both get"
            description="Programs that give to both sides are shared most."
          >
            <div className="flex flex-col gap-6">
              <SideFields
                side="friend"
                texts={texts}
                currency={currency}
                kept={keptWords(draft, "friend", values)}
              />
              {texts.friendBenefit === "none" || texts.friendBenefit === "kept" ? (
                <input type="hidden" name="friendOn" value={texts.friendOn} />
              ) : (
                <RadioGroup
                  name="friendOn"
                  legend="When the friend gets it"
                  defaultValue={texts.friendOn}
                  choices={[
                    { value: "join", label: "At once, on accepting the invitation" },
                    {
                      value: "qualified",
                      label: "Once the referral counts, together with the advocate",
                    },
                  ]}
                />
              )}
              <hr className="border-line" />
              <SideFields
                side="advocate"
                texts={texts}
                currency={currency}
                kept={keptWords(draft, "advocate", values)}
              />
            </div>
          </FormPart>
          <FormPart
            title="When it counts"
            description="What the friend does for the referral to count."
          >
            <ConditionFields
              texts={texts}
              currency={currency}
              returnWindowDays={shop.returnWindowDays}
              kept={draft && values.trigger === "kept" ? qualification(draft) : null}
            />
          </FormPart>
          <FormPart title="Limits and dates" description="All of it is optional.">
            <LimitFields texts={texts} currency={currency} />
          </FormPart>
          <FormPart title="Where friends arrive">
            <DestinationFields texts={texts} />
          </FormPart>
          <FormPart
            title="Terms"
            description="The small print on the friend’s and the customer’s page."
          >
            <TermsTextFields texts={texts} />
          </FormPart>
          <FormActions sticky>
            <SubmitButton name="intent" value="draft" variant="secondary">
              Save draft
            </SubmitButton>
            <Button variant="primary" onClick={(event) => askToPublish(event.currentTarget.form)}>
              Publish…
            </Button>
            <button ref={publish} type="submit" name="intent" value="publish" hidden tabIndex={-1}>
              Publish
            </button>
            <ButtonLink variant="quiet" href={program ? `${listHref}/${program.id}` : listHref}>
              Cancel
            </ButtonLink>
          </FormActions>
        </ActionForm>
        <aside
          aria-label="Preview"
          className={view === "preview" ? BESIDE : `max-lg:hidden ${BESIDE}`}
        >
          <InvitePreview terms={terms} unclear={unclear} shop={shop} />
        </aside>
      </div>
      <PublishDialog
        terms={asked}
        program={program}
        timeZone={timeZone}
        onClose={() => setAsked(null)}
        onConfirm={() => {
          setAsked(null);
          publish.current?.form?.requestSubmit(publish.current);
        }}
      />
    </div>
  );
}

/**
 * In sight while the questions scroll by; a long page scrolls within. The padding leaves room for
 * its shadow.
 */
const BESIDE =
  "lg:sticky lg:top-3 lg:-mx-3 lg:max-h-[calc(100dvh-1.5rem)] lg:overflow-y-auto lg:px-3 lg:pt-3 lg:pb-6";

function textsOf({ newCustomersOnly, ...values }: FormValues): FormTexts {
  const texts = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, String(value)]),
  );
  return newCustomersOnly ? { ...texts, newCustomersOnly: "on" } : texts;
}

/** What a side's main rule says, where the form has no fields for it. */
function keptWords(draft: Terms | null, side: Side, values: FormValues): string | null {
  const rule = draft && mainRule(draft, side);
  if (!rule || values[`${side}Benefit`] !== "kept") return null;
  return `${ruleWhen(rule, draft.currency)}: ${ruleGives(rule, draft.currency)}`;
}

/**
 * What stands in the form now. A field that is out of sight keeps its text, a box that is not
 * ticked has none.
 */
function textsFrom(
  { newCustomersOnly: _, ...before }: FormTexts,
  form: HTMLFormElement,
): FormTexts {
  const now = [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { ...before, ...Object.fromEntries(now) };
}
