"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { inReadersWords, readersWish } from "@/app/reader";
import { publicAction } from "@/lib/auth/action";
import { visitorOfCode } from "@/lib/auth/visitor";
import type { ActionResult } from "@/lib/core/action-result";
import { notFound } from "@/lib/core/errors";
import { emailSchema } from "@/lib/core/values/email";
import { withQuery } from "@/lib/core/query-string";
import { campaignOf } from "@/lib/events/rules/campaign";
import { visitorCookie } from "@/lib/events/rules/visitor";
import { acceptInvite } from "@/lib/pipeline/intake/accept-invite";
import { writeClaimNote } from "./claim-note";

const schema = z.object({
  code: z.string().max(400),
  /** The click that led here. */
  click: z.string().max(200).optional(),
  /** The campaign of the link, as a query: where the friend goes on to hears of it too. */
  campaign: z.string().max(20_000).default(""),
  email: emailSchema,
});

const accept = publicAction(
  schema,
  "claim",
  async ({ code, click, campaign, email }): Promise<null> => {
    const found = await visitorOfCode(code);
    if (!found) throw notFound("invitation");
    const locale = await readersWish();
    const visitorId = (await cookies()).get(visitorCookie())?.value;
    const { outcome, customerId, referralId } = await acceptInvite(found.scope, {
      code: found.code,
      email,
      ...(locale && { locale }),
      ...(visitorId && { visitorId }),
      ...(click && { clickId: click }),
    });
    // Whoever typed an address learns nothing of its owner: not that they buy here, nor who invited
    // them, nor that the link is theirs.
    if (outcome !== "joined" || !customerId || !referralId)
      await writeClaimNote(found.code, { kind: "emailed", email });
    else
      await writeClaimNote(found.code, {
        kind: "joined",
        merchantId: found.scope.merchantId,
        customerId,
        referralId,
        email,
      });
    redirect(withQuery(`/i/${found.code}`, Object.fromEntries(readCampaign(campaign))));
  },
);

const readCampaign = (query: string) => campaignOf(new URLSearchParams(query));

/**
 * The friend's one button. Every answer is the page itself, drawn anew with what this browser may
 * see.
 */
export async function claimInvitation(
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  const result = await inReadersWords(await accept(previous, form));
  return result.ok ? result : { ...result, typed: { email: String(form.get("email") ?? "") } };
}
