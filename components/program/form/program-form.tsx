"use client";

import { useRouter } from "next/navigation";
import { type RefObject, useDeferredValue, useRef, useState } from "react";
import { ActionForm } from "../../forms/action-form";
import { FormActions } from "../../forms/form-actions";
import { SubmitButton } from "../../forms/submit-button";
import { TermsShopContext } from "@/components/terms/terms-shop-context";
import { Button, ButtonLink } from "@/components/ui/controls/button";
import { useToast } from "@/components/ui/overlays/toast";
import { readForm } from "@/lib/auth/form-data";
import type { FormAction } from "@/lib/core/action-result";
import { adminPaths } from "@/lib/merchants/paths";
import {
  previewForm,
  type ProgramForm as FormValues,
  programFormSchema,
} from "@/lib/programs/forms/program-form";
import type { Terms } from "@/lib/terms/schema";
import { FormPart } from "../form-part";
import { PublishDialog } from "../publish-dialog";
import { DateFields, DestinationPart, NamePart, TermsTextPart } from "./details-fields";
import { type FormTexts, textsFrom, textsOf } from "./form-texts";
import { FormWithPreview } from "./form-with-preview";
import { InvitePreview, type PreviewShop } from "./invite-preview";
import { LimitFields, QualificationFields } from "./reward-terms-fields";
import { RewardFields } from "./reward-fields";

/** What saving answers: the program, and the version that it was published as, if it was. */
type SavedProgram = { programId: string; version: number | null };

type ProgramFormProps = {
  action: FormAction<SavedProgram>;
  values: FormValues;
  shop: PreviewShop & { slug: string; currency: string; returnWindowDays: number };
};

/**
 * The one page on which a program is made: plain questions on one side, the friend's page on the
 * other.
 */
export function ProgramForm({ action, values, shop }: ProgramFormProps) {
  const router = useRouter();
  const toast = useToast();
  const [texts, setTexts] = useState(() => textsOf(values));
  const [asked, setAsked] = useState<Terms | null>(null);
  const publish = useRef<HTMLButtonElement>(null);
  const { currency, timeZone } = shop;
  const paths = adminPaths(shop.slug);
  const { terms, unclear } = previewForm(useDeferredValue(texts), currency, timeZone);

  const saved = ({ programId, version }: SavedProgram) => {
    if (version === null) {
      toast({ message: "Draft saved.", tone: "good" });
      router.push(paths.programRules(programId));
    } else {
      toast({ message: `Version ${version} is live.`, tone: "good" });
      router.push(paths.program(programId));
    }
  };
  const askToPublish = (form: HTMLFormElement | null) => {
    if (!form) return;
    const read = programFormSchema(currency, timeZone).safeParse(readForm(new FormData(form)));
    // What does not fit yet is told by the server, field by field.
    if (read.success) setAsked(read.data.terms);
    else form.requestSubmit(publish.current);
  };

  return (
    <div className="flex flex-col gap-6">
      <FormWithPreview
        form={(className) => (
          <ActionForm
            action={action}
            watched="fields"
            onSuccess={saved}
            onChange={({ currentTarget }) => setTexts((before) => textsFrom(before, currentTarget))}
            className={className}
          >
            <Questions
              texts={texts}
              onChange={(change) => setTexts((before) => ({ ...before, ...change }))}
              shop={shop}
            />
            <Buttons publish={publish} onPublish={askToPublish} cancelHref={paths.programs} />
          </ActionForm>
        )}
        preview={<InvitePreview terms={terms} unclear={unclear} shop={shop} />}
      />
      <PublishDialog
        terms={asked}
        program={null}
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

type ButtonsProps = {
  /** The button that sends the form to be published; pressed once the dialog is accepted. */
  publish: RefObject<HTMLButtonElement | null>;
  onPublish: (form: HTMLFormElement | null) => void;
  cancelHref: string;
};

function Buttons({ publish, onPublish, cancelHref }: ButtonsProps) {
  return (
    <FormActions sticky>
      <SubmitButton name="intent" value="draft" variant="secondary">
        Save draft
      </SubmitButton>
      <Button variant="primary" onClick={(event) => onPublish(event.currentTarget.form)}>
        Publish…
      </Button>
      <button ref={publish} hidden tabIndex={-1} name="intent" value="publish">
        Publish
      </button>
      <ButtonLink variant="quiet" href={cancelHref}>
        Cancel
      </ButtonLink>
    </FormActions>
  );
}

type QuestionsProps = {
  texts: FormTexts;
  onChange: (change: FormTexts) => void;
  shop: ProgramFormProps["shop"];
};

function Questions({ texts, onChange, shop }: QuestionsProps) {
  const { currency, timeZone } = shop;
  return (
    <TermsShopContext value={{ currency, timeZone, tiers: [], pools: [] }}>
      <NamePart texts={texts} />
      <FormPart
        title="What both get"
        description="Programs that reward both sides are shared most."
      >
        <RewardFields texts={texts} onChange={onChange} />
      </FormPart>
      <FormPart title="When a referral qualifies">
        <QualificationFields
          texts={texts}
          currency={currency}
          returnWindowDays={shop.returnWindowDays}
        />
      </FormPart>
      <FormPart title="Limits and dates" description="All optional.">
        <LimitFields texts={texts} currency={currency} />
        <DateFields texts={texts} />
      </FormPart>
      <DestinationPart texts={texts} />
      <TermsTextPart texts={texts} />
    </TermsShopContext>
  );
}
