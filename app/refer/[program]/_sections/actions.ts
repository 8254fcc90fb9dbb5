"use server";

import { z } from "zod";
import { inReadersWords, reader } from "@/app/reader";
import { customerAction } from "@/lib/auth/action";
import type { ActionResult } from "@/lib/core/action-result";
import { recordConsent, setMessage, setName } from "@/lib/customers/commands";
import { SHARE_CHANNELS } from "@/lib/events/schema";
import { PROGRAM_EMAIL } from "@/lib/messaging/schema";
import { recordShare } from "@/lib/referrals/commands/record-share";

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

const name = customerAction(
  z.object({ name: z.string().max(200).default("") }),
  async (scope, input, { customerId }): Promise<null> => {
    await setName(scope, { customerId, name: input.name });
    return null;
  },
);

/** Saves the name by which friends know who invites them. */
export async function saveName(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inReadersWords(await name(slug, previous, form));
}

const emailChoice = customerAction(
  z.object({ granted: z.stringbool() }),
  async (scope, { granted }, { customerId }): Promise<null> => {
    const { t } = await reader();
    await recordConsent(scope, {
      customerId,
      purpose: PROGRAM_EMAIL,
      granted,
      source: "privacy",
      wording: t("privacy.consentWording"),
    });
    return null;
  },
);

/** Turns email about friends and rewards on or off. */
export async function saveEmailChoice(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inReadersWords(await emailChoice(slug, previous, form));
}
