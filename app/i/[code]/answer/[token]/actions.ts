"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { inReadersWords } from "@/app/reader";
import { publicAction } from "@/lib/auth/action";
import { visitorOfCode } from "@/lib/auth/visitor";
import type { ActionResult } from "@/lib/core/action-result";
import { notFound } from "@/lib/core/errors";
import { readAnswerToken } from "@/lib/messaging/rules/answer-link";
import { answerInvite } from "@/lib/pipeline/intake/answer-invite";
import { writeClaimNote } from "../../claim-note";

const schema = z.object({ code: z.string().max(400), token: z.string().max(1_000) });

const answer = publicAction(schema, "public", async ({ code, token }): Promise<null> => {
  const who = readAnswerToken(token);
  const found = who && (await visitorOfCode(code));
  if (found?.scope.merchantId !== who?.merchantId || !found || !who) throw notFound("invitation");
  const { referralId, email } = who;
  const { customerId } = await answerInvite(found.scope, who);
  // Whoever reads the email may see what they get, in this browser too.
  const { merchantId } = found.scope;
  await writeClaimNote(found.code, { kind: "joined", merchantId, customerId, referralId, email });
  redirect(`/i/${found.code}`);
});

/** The button behind the link in a friend's email: they did accept the invitation. */
export async function answerInvitation(
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inReadersWords(await answer(previous, form));
}
