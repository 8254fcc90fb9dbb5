"use server";

import { z } from "zod";
import { inReadersWords, reader, readersWish } from "@/app/reader";
import { customerAction, publicAction } from "@/lib/auth/action";
import { issueCustomerLink } from "@/lib/auth/sign-in/customer-entry";
import { LINK_MINUTES } from "@/lib/auth/sign-in/login-token";
import { visitorOfProgram } from "@/lib/auth/visitor";
import type { ActionResult } from "@/lib/core/action-result";
import { notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { emailSchema } from "@/lib/core/values/email";
import { queueMessage } from "@/lib/messaging/commands/queue-message";
import { enterProgram } from "../enter-program";

const slugSchema = z.string().min(1).max(100);

const linkSchema = z.object({ program: slugSchema, email: emailSchema });

const sendLink = publicAction(linkSchema, "link", async ({ program: slug, email }, { address }) => {
  const found = await visitorOfProgram(slug);
  if (!found) throw notFound("program");
  const { locale } = await reader();
  const url = await issueCustomerLink({
    program: found.program,
    email,
    address,
    locale: await readersWish(),
  });
  await queueMessage(found.scope, {
    causeKey: `sign_in:${newId("msg")}`,
    template: "customer_sign_in",
    customerId: null,
    recipient: email,
    locale,
    data: { url, minutes: LINK_MINUTES },
  });
  return { email };
});

/** Sends a sign-in link by email. The answer is the same whether the email is known or not. */
export async function requestLink(
  previous: ActionResult<{ email: string }> | null,
  form: FormData,
): Promise<ActionResult<{ email: string }>> {
  return inReadersWords(await sendLink(previous, form));
}

const join = customerAction(
  z.object({}),
  async (scope, _, { customerId, program }): Promise<null> => {
    await enterProgram(scope, { customerId, programId: program.id });
    return null;
  },
);

/**
 * Joins a customer who is signed in already: through another program of the same shop, or since
 * before this one opened.
 */
export async function joinNow(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inReadersWords(await join(slug, previous, form));
}
