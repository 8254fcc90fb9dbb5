"use server";

import { inReadersWords, reader } from "@/app/reader";
import { customerAction } from "@/lib/auth/action";
import { type ActionResult, failed } from "@/lib/core/action-result";
import { confirmNomination } from "@/lib/nominations/commands/confirm-nomination";
import { nominate } from "@/lib/nominations/commands/nominate";
import { confirmNominationSchema, nominateSchema } from "@/lib/nominations/schema";

const tell = customerAction(
  nominateSchema,
  async (scope, input, { customerId, program }): Promise<null> => {
    await nominate(scope, { ...input, programId: program.id, friendId: customerId });
    return null;
  },
);

/** Records who told a customer about the shop. The answer reveals nothing about who was named. */
export async function tellWho(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  const result = await tell(slug, previous, form);
  if (result.ok || !("said" in result.fieldErrors)) return inReadersWords(result);
  const { t } = await reader();
  return failed(
    t("errors.marked"),
    { said: result.code === undefined ? t("errors.required") : t("nomination.self") },
    result.code,
  );
}

const answer = customerAction(
  confirmNominationSchema,
  async (scope, input, { customerId }): Promise<null> => {
    await confirmNomination(scope, customerId, input);
    return null;
  },
);

/** An advocate's yes or no to a friend who named them. */
export async function answerNomination(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inReadersWords(await answer(slug, previous, form));
}
