"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { inReadersWords, reader } from "@/app/reader";
import { customerAction, publicAction } from "@/lib/auth/action";
import { endCustomerSession } from "@/lib/auth/customer";
import { issueCustomerLink } from "@/lib/auth/customer-entry";
import { LINK_MINUTES } from "@/lib/auth/login-token";
import { visitorOfProgram } from "@/lib/auth/visitor";
import type { ActionResult } from "@/lib/core/action-result";
import { notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { recordConsent, setMessage } from "@/lib/customers/commands";
import { emailSchema } from "@/lib/customers/schema";
import { SHARE_CHANNELS } from "@/lib/events/schema";
import { chooseAlias } from "@/lib/loyalty/seasons/commands";
import { queueMessage } from "@/lib/messaging/commands";
import { PROGRAM_MAIL } from "@/lib/messaging/schema";
import { recordShare } from "@/lib/referrals/record-share";
import { enterProgram } from "./enter-program";

const slugSchema = z.string().min(1).max(100);

const linkSchema = z.object({ program: slugSchema, email: emailSchema });

const sendLink = publicAction(linkSchema, "link", async ({ program: slug, email }) => {
  const found = await visitorOfProgram(slug);
  if (!found) throw notFound("program");
  const { locale } = await reader();
  const url = await issueCustomerLink({ program: found.program, email, locale });
  await queueMessage(found.scope, {
    causeKey: `sign_in:${newId("msg")}`,
    template: "customer_sign_in",
    customerId: null,
    recipient: email,
    locale,
    data: { url, minutes: LINK_MINUTES.customer },
  });
  return { email };
});

/** Mails a sign-in link. The answer is the same whether the address is known or not. */
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
 * Joins someone who is signed in already: at another program of the same shop, or before this one
 * opened.
 */
export async function joinNow(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inReadersWords(await join(slug, previous, form));
}

const share = customerAction(
  z.object({ channel: z.enum(SHARE_CHANNELS) }),
  async (scope, { channel }, { customerId, program }) => {
    await recordShare(scope, { programId: program.id, customerId, channel });
    return null;
  },
);

/** Counts a share by its channel. */
export async function countShare(slug: string, channel: string): Promise<void> {
  const form = new FormData();
  form.set("channel", channel);
  await share(slug, null, form);
}

const message = customerAction(
  z.object({ message: z.string().max(2_000).optional() }),
  async (scope, input, { customerId, program }): Promise<null> => {
    await setMessage(scope, { programId: program.id, customerId, message: input.message ?? null });
    return null;
  },
);

export async function saveMessage(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inReadersWords(await message(slug, previous, form));
}

const alias = customerAction(
  z.object({ alias: z.string().max(200).optional(), remove: z.literal("yes").optional() }),
  async (scope, input, { customerId, program }): Promise<null> => {
    await chooseAlias(scope, {
      programId: program.id,
      customerId,
      alias: input.remove ? null : (input.alias ?? ""),
    });
    return null;
  },
);

/** Puts someone on the leaderboard under a name, or takes them off. */
export async function saveAlias(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inReadersWords(await alias(slug, previous, form));
}

const mail = customerAction(
  z.object({ granted: z.stringbool() }),
  async (scope, { granted }, { customerId }): Promise<null> => {
    const { t } = await reader();
    await recordConsent(scope, {
      customerId,
      purpose: PROGRAM_MAIL,
      granted,
      source: "privacy",
      wording: t("privacy.consentWording"),
    });
    return null;
  },
);

/** Turns mail about friends and rewards on or off. */
export async function saveMailChoice(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inReadersWords(await mail(slug, previous, form));
}

export async function signOut(slug: string): Promise<void> {
  await endCustomerSession();
  redirect(`/refer/${encodeURIComponent(slug)}`);
}
