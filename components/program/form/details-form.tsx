"use client";

import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { ActionForm } from "../../forms/action-form";
import { FormActions } from "../../forms/form-actions";
import { SubmitButton } from "../../forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { adminPaths } from "@/lib/merchants/paths";
import { previewDetails, toDetailsForm } from "@/lib/programs/forms/details-form";
import type { Terms } from "@/lib/terms/schema";
import { FormPart } from "../form-part";
import {
  DateFields,
  DestinationPart,
  NamePart,
  NewCustomersField,
  TermsTextPart,
  WindowField,
} from "./details-fields";
import { textsFrom, textsOf } from "./form-texts";
import { FormWithPreview } from "./form-with-preview";
import { InvitePreview, type PreviewShop } from "./invite-preview";

type DetailsFormProps = {
  action: FormAction<null>;
  program: { id: string; name: string; draft: Terms };
  shop: PreviewShop & { slug: string };
};

/** What a program is besides its rules, beside the friend's page. */
export function DetailsForm({ action, program, shop }: DetailsFormProps) {
  const router = useRouter();
  const toast = useToast();
  const [texts, setTexts] = useState(() =>
    textsOf(toDetailsForm(program.name, program.draft, shop.timeZone)),
  );
  const rulesHref = adminPaths(shop.slug).programRules(program.id);
  const terms = previewDetails(program.draft, useDeferredValue(texts), shop.timeZone);
  const saved = () => {
    toast({ message: "Saved in the draft.", tone: "good" });
    router.push(rulesHref);
  };
  return (
    <FormWithPreview
      form={(className) => (
        <ActionForm
          action={action}
          watched="fields"
          onSuccess={saved}
          onChange={({ currentTarget }) => setTexts((before) => textsFrom(before, currentTarget))}
          className={className}
        >
          <input type="hidden" name="programId" value={program.id} />
          <NamePart texts={texts} />
          <FormPart title="Who counts, and for how long">
            <NewCustomersField texts={texts} />
            <div className="sm:max-w-[calc(50%-0.5rem)]">
              <WindowField texts={texts} />
            </div>
          </FormPart>
          <FormPart title="Dates">
            <DateFields texts={texts} />
          </FormPart>
          <DestinationPart texts={texts} />
          <TermsTextPart texts={texts} />
          <FormActions sticky>
            <SubmitButton>Save draft</SubmitButton>
            <ButtonLink variant="quiet" href={rulesHref}>
              Cancel
            </ButtonLink>
          </FormActions>
        </ActionForm>
      )}
      preview={<InvitePreview terms={terms} unclear={NOTHING} shop={shop} />}
    />
  );
}

const NOTHING: ReadonlySet<never> = new Set();
