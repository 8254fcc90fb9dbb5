"use server";

import { inReadersWords, reader } from "@/app/reader";
import { customerAction } from "@/lib/auth/action";
import { type ActionResult, failed } from "@/lib/core/action-result";
import { askQuestion } from "@/lib/desk/commands";
import { askQuestionSchema } from "@/lib/desk/schema";

const ask = customerAction(
  askQuestionSchema,
  async (scope, input, { customerId }): Promise<null> => {
    await askQuestion(scope, customerId, input);
    return null;
  },
);

/** Asks the shop about one of the reader's own rewards. */
export async function askForReview(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  const result = await ask(slug, previous, form);
  if (result.ok || !("message" in result.fieldErrors)) return inReadersWords(result);
  const { t } = await reader();
  return failed(t("errors.marked"), { message: t("errors.required") }, result.code);
}
