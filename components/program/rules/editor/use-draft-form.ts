"use client";

import { useRouter } from "next/navigation";
import type { z } from "zod";
import { formFields } from "../../../forms/form-fields";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { useUnsaved } from "./use-unsaved";

type DraftFormInput<Form, Answer> = {
  action: FormAction<Answer>;
  /** Sent beside the form. */
  fields: Readonly<Record<string, string>>;
  /** Names what is edited, for keeping what is not saved yet. */
  keptAs: string;
  /** As the server has it. */
  saved: Form;
  schema: z.ZodType<Form>;
  /** Said once it is saved. */
  message: string;
  /** Where to go from there. */
  rulesHref: string;
};

/**
 * A part of the draft being edited: kept in this browser while it is not saved, sent as text, and
 * left for the list of rules once it is saved.
 */
export function useDraftForm<Form, Answer>({
  action,
  fields,
  keptAs,
  saved,
  schema,
  message,
  rulesHref,
}: DraftFormInput<Form, Answer>) {
  const router = useRouter();
  const toast = useToast();
  const { send: text, ...unsaved } = useUnsaved(keptAs, saved, schema);
  const send: FormAction<Answer> = (previous) =>
    action(previous, formFields({ ...fields, form: text() }));
  return {
    ...unsaved,
    send,
    done: () => {
      unsaved.forget();
      toast({ message, tone: "good" });
      router.push(rulesHref);
    },
  };
}
