import type { Scope } from "@/lib/merchants/scope";
import { detailsFormSchema } from "../forms/details-form";
import {
  type FraudForm,
  type LimitsForm,
  type QualificationForm,
  readFraudForm,
  readLimitsForm,
  readQualificationForm,
} from "@/lib/terms/form";
import { editDraft, requireRead } from "./edit-draft";

/**
 * Saves a program's details: its name, dates, windows and texts. @param form as it was sent
 * @throws z.ZodError with the form's field names
 */
export async function saveDetails(scope: Scope, programId: string, form: unknown): Promise<null> {
  return editDraft(scope, programId, ({ terms }) => ({
    ...detailsFormSchema(terms, scope.timeZone).parse(form),
    answer: null,
  }));
}

/** Saves what qualifies a referral. */
export async function saveQualification(
  scope: Scope,
  programId: string,
  form: QualificationForm,
): Promise<null> {
  return editDraft(scope, programId, ({ terms }) => {
    const qualification = requireRead(readQualificationForm(form));
    return { terms: { ...terms, qualification }, place: "qualification", answer: null };
  });
}

/** Saves the limits over all rules, and whether friends are asked who told them. */
export async function saveLimits(scope: Scope, programId: string, form: LimitsForm): Promise<null> {
  return editDraft(
    scope,
    programId,
    ({ terms: { caps: _caps, nominations: _nominations, ...terms } }) => ({
      terms: { ...terms, ...requireRead(readLimitsForm(form)) },
      answer: null,
    }),
  );
}

/** Saves how suspicious referrals are told, and what becomes of them. */
export async function saveFraud(scope: Scope, programId: string, form: FraudForm): Promise<null> {
  return editDraft(scope, programId, ({ terms: { fraud: _fraud, ...terms } }) => {
    const fraud = requireRead(readFraudForm(form));
    return { terms: { ...terms, ...(fraud && { fraud }) }, answer: null };
  });
}
