import { DomainError } from "@/lib/core/errors";
import type { Locale } from "@/lib/core/i18n/locales";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { processEvent } from "../process-event";

/** A friend's acceptance; the code and the email as their readers gave them. */
export type Claim = {
  code: string;
  email: string;
  name?: string;
  locale: Locale;
  visitorId?: string;
  clickId?: string;
};

export type ClaimResult = {
  /** `again`: this friend had accepted before; nothing is given twice. */
  outcome: "joined" | "again" | "refused";
  /** Why it was refused. */
  reason: "own_link" | "existing_customer" | "taken" | "other" | null;
  customerId: string | null;
  referralId: string | null;
};

/**
 * A friend accepts an invitation: the claim is stored as an event and worked off at once, so that
 * what they get is there when the page answers. Accepting again finds what stands.
 * @throws DomainError not_found for a code that is not this merchant's, invalid_request for a
 * broken address
 */
export async function claimInvite(scope: Scope, claim: Claim): Promise<ClaimResult> {
  return inScope(scope, async (db, scope) => {
    const code = await db.shareCode.findUnique({
      where: { merchantId_code: { merchantId: scope.merchantId, code: claim.code } },
      select: {
        programId: true,
        advocateId: true,
        advocate: { select: { customer: { select: { email: true } } } },
      },
    });
    if (!code) throw new DomainError("not_found", "This code is not known.", "code");
    if (code.advocate.customer.email === claim.email)
      return { outcome: "refused", reason: "own_link", customerId: null, referralId: null };

    const standing = await standingReferral(scope, code.programId, claim.email);
    if (standing) return judge(standing, code.advocateId, true);
    const body = bodyOf(claim);
    const { eventId } = await storeEvent(scope, {
      source: "invite",
      body,
      ...(claim.visitorId && { visitorId: claim.visitorId }),
      programId: code.programId,
      advocateId: code.advocateId,
    });
    await processEvent(scope, eventId);
    const begun = await standingReferral(scope, code.programId, claim.email);
    if (!begun) return { outcome: "refused", reason: "other", customerId: null, referralId: null };
    return judge(begun, code.advocateId, false);
  });
}

type Standing = { id: string; friendId: string; advocateId: string; state: string; reason: string };

async function standingReferral(
  scope: Scope,
  programId: string,
  email: string,
): Promise<Standing | null> {
  return inScope(scope, (db) =>
    db.referral.findFirst({
      where: { merchantId: scope.merchantId, programId, friend: { email } },
      select: { id: true, friendId: true, advocateId: true, state: true, reason: true },
    }),
  );
}

function judge(referral: Standing, advocateId: string, before: boolean): ClaimResult {
  const known = { customerId: referral.friendId, referralId: referral.id };
  if (referral.state === "rejected") {
    const reason =
      referral.reason === "existing_customer"
        ? "existing_customer"
        : referral.reason === "self_referral"
          ? "own_link"
          : referral.reason === "duplicate_friend"
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
    context: { locale: claim.locale satisfies Locale },
  };
}
