import { DomainError } from "@/lib/core/errors";
import type { Locale } from "@/lib/core/i18n/locales";
import { idsNamed } from "@/lib/customers/queries/named";
import { storeEvent } from "@/lib/events/commands/store-event";
import { noteNetwork } from "@/lib/fraud/commands";
import { inScope, type Scope } from "@/lib/merchants/scope";
import {
  type EarlierReferral,
  tyingReferral,
  waitsForAnswer,
} from "@/lib/referrals/queries/earlier";
import { processEvent } from "../process-event";

/** A friend's acceptance; the code and the email as their readers gave them. */
export type Claim = {
  code: string;
  email: string;
  name?: string;
  /** The language that the friend asked for, if it is one of ours. */
  locale?: Locale;
  /** The name that our page gave to the browser. */
  visitorId?: string;
  clickId?: string;
  /** From where it was accepted, as far as can be trusted: only its network is kept, hashed. */
  address?: string;
};

export type ClaimResult = {
  /**
   * `again`: this friend had accepted before; nothing is granted twice. `answer`: what they get
   * waits until they answer our email.
   */
  outcome: "joined" | "again" | "answer" | "refused";
  /** Why it was refused. */
  reason: "own_link" | "existing_customer" | "taken" | "other" | null;
  customerId: string | null;
  referralId: string | null;
};

/**
 * Accepts an invitation for a friend: stores the claim as an event and processes it at once, so
 * that the page can show what they get. Accepting again finds the same referral.
 * @throws DomainError not_found for a code that is not this merchant's
 */
export async function claimInvite(scope: Scope, claim: Claim): Promise<ClaimResult> {
  return inScope(scope, async (tx) => {
    const code = await tx.db.shareCode.findUnique({
      where: { merchantId_code: { merchantId: tx.merchantId, code: claim.code } },
      select: {
        programId: true,
        advocateId: true,
        advocate: { select: { customer: { select: { email: true } } } },
      },
    });
    if (!code) throw new DomainError("not_found", "This code does not exist.", "code");
    if (code.advocate.customer.email === claim.email)
      return { outcome: "refused", reason: "own_link", customerId: null, referralId: null };

    // Claims of one program come one after the other: those of a day are counted.
    await tx.lock.programs(code.programId);
    const earlier = await findReferral(tx, code, claim.email);
    if (earlier) return resultOf(earlier, code.advocateId, true);
    const body = bodyOf(claim);
    const { eventId } = await storeEvent(tx, {
      source: "invite",
      body,
      ...(claim.visitorId && { visitorId: claim.visitorId }),
      programId: code.programId,
      advocateId: code.advocateId,
    });
    if (claim.address) noteNetwork(tx, { id: eventId, address: claim.address });
    await processEvent(tx, eventId);
    const started = await findReferral(tx, code, claim.email);
    if (!started)
      return { outcome: "refused", reason: "other", customerId: null, referralId: null };
    const result = resultOf(started, code.advocateId, started.advocateId !== code.advocateId);
    const waits = result.outcome === "joined" && (await waitsForAnswer(tx, started.id));
    return waits ? { ...result, outcome: "answer" } : result;
  });
}

/** See `tyingReferral`. */
async function findReferral(
  scope: Scope,
  { programId, advocateId }: { programId: string; advocateId: string },
  email: string,
): Promise<EarlierReferral | null> {
  const friendIds = await idsNamed(scope, { email });
  return tyingReferral(scope, { programId, advocateId, friendIds });
}

function resultOf(referral: EarlierReferral, advocateId: string, before: boolean): ClaimResult {
  const known = { customerId: referral.friendId, referralId: referral.id };
  if (referral.state === "rejected") {
    const reason =
      referral.reason === "existing_customer"
        ? "existing_customer"
        : referral.reason === "self_referral"
          ? "own_link"
          : referral.reason === "duplicate_friend" || referral.reason === "gave_way"
            ? "taken"
            : "other";
    return { outcome: "refused", reason, ...known };
  }
  if (before && referral.advocateId !== advocateId)
    return { outcome: "refused", reason: "taken", ...known };
  return { outcome: before ? "again" : "joined", reason: null, ...known };
}

function bodyOf(claim: Claim) {
  return {
    type: "invite_claim",
    code: claim.code,
    customer: { email: claim.email, ...(claim.name && { name: claim.name }) },
    ...(claim.visitorId && { visitorId: claim.visitorId }),
    ...(claim.clickId && { clickId: claim.clickId }),
    ...(claim.locale && { context: { locale: claim.locale } }),
  };
}
