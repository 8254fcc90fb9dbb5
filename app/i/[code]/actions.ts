"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { after } from "next/server";
import { z } from "zod";
import { inReadersWords, readersWish } from "@/app/reader";
import { publicAction } from "@/lib/auth/action";
import { visitorOfCode } from "@/lib/auth/visitor";
import type { ActionResult } from "@/lib/core/action-result";
import { cookieFlags } from "@/lib/core/address";
import { notFound } from "@/lib/core/errors";
import { emailSchema } from "@/lib/core/values/email";
import { withQuery } from "@/lib/core/query-string";
import { campaignOf } from "@/lib/events/rules/campaign";
import {
  newVisitorId,
  ownVisitorOf,
  VISITOR_DAYS,
  visitorCookie,
} from "@/lib/events/rules/visitor";
import type { Scope } from "@/lib/merchants/scope";
import { acceptInvite } from "@/lib/pipeline/intake/accept-invite";
import type { Claim } from "@/lib/pipeline/intake/claim-invite";
import { isInTheWay } from "@/lib/pipeline/intake/is-in-the-way";
import { type ClaimNote, writeClaimNote } from "./claim-note";

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
  async ({ code, click, campaign, email }, { address }): Promise<null> => {
    const found = await visitorOfCode(code);
    if (!found) throw notFound("invitation");
    const locale = await readersWish();
    const visitorId = await visitor();
    await writeClaimNote(
      found.code,
      await accepted(found.scope, {
        code: found.code,
        email,
        address,
        ...(locale && { locale }),
        ...(visitorId && { visitorId }),
        ...(click && { clickId: click }),
      }),
    );
    redirect(withQuery(`/i/${found.code}`, Object.fromEntries(readCampaign(campaign))));
  },
);

/**
 * Accepts an invitation, at once or after the answer. Whoever typed an address learns nothing of
 * its owner, neither by the answer nor by the time it takes: not that they buy here, nor who
 * invited them, nor that the link is theirs.
 */
async function accepted(scope: Scope, claim: Claim): Promise<ClaimNote> {
  const emailed: ClaimNote = { kind: "emailed", email: claim.email };
  if (await isInTheWay(scope, claim)) {
    after(() => acceptInvite(scope, claim));
    return emailed;
  }
  const { outcome, customerId, referralId } = await acceptInvite(scope, claim);
  if (outcome !== "joined" || !customerId || !referralId) return emailed;
  const { merchantId } = scope;
  return { kind: "joined", merchantId, customerId, referralId, email: claim.email };
}

/**
 * The name that our page gave to this browser; null without one, which the claim then shows. From
 * now on it has one.
 */
async function visitor(): Promise<string | null> {
  const named = ownVisitorOf((await headers()).get("cookie"));
  if (named === null)
    (await cookies()).set(visitorCookie(), newVisitorId(), {
      ...cookieFlags(),
      maxAge: VISITOR_DAYS * 86_400,
    });
  return named;
}

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
