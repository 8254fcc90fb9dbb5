import type { Db } from "@/lib/core/db";
import type { Evidence } from "@/lib/attribution/rules";
import { emailIdentity } from "@/lib/customers/rules";
import { signalsOf } from "@/lib/fraud/rules";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { lockReferral, stepReferral } from "@/lib/referrals/commands";
import type { ReferralReason } from "@/lib/referrals/schema";
import type { StoredEvent } from "../intake/stored-event";

/** A referral that has just started. */
type Started = {
  referralId: string;
  programId: string;
  friendId: string;
  event: StoredEvent;
  evidence: Evidence;
};

/**
 * Looks for signs of fraud in a referral that has just started. Grave ones reject it; others have a
 * member review it.
 * @returns the reason it was rejected for, or null
 */
export async function raiseSignals(scope: Scope, started: Started): Promise<string | null> {
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const { referralId, event } = started;
    const signals = signalsOf(await readSignalFacts(scope, started));
    const [gravest] = signals;
    if (!gravest) return null;
    const at = scopeNow(scope);
    await db.fraudSignal.createMany({
      data: signals.map((signal) => ({ merchantId, referralId, ...signal, at })),
      skipDuplicates: true,
    });
    if (gravest.severity === "block") {
      await stepReferral(scope, {
        referralId,
        state: "rejected",
        reason: gravest.kind as ReferralReason,
        at: event.occurredAt,
        eventId: event.id,
      });
      return gravest.kind;
    }
    await lockReferral(db, merchantId, referralId);
    await db.referral.update({
      where: { merchantId_id: { merchantId, id: referralId } },
      data: { reviewAt: at },
    });
    return null;
  });
}

async function readSignalFacts(
  { db, merchantId }: Scope & { db: Db },
  { friendId, programId, evidence }: Started,
): Promise<Parameters<typeof signalsOf>[0]> {
  const advocateId = evidence.advocateCustomerId;
  const people = await db.customer.findMany({
    where: { merchantId, id: { in: [friendId, advocateId] } },
    select: { id: true, email: true },
  });
  const personOf = (customerId: string) => {
    const email = people.find(({ id }) => id === customerId)?.email;
    return { customerId, emailIdentity: email ? emailIdentity(email) : null };
  };
  const friend = personOf(friendId);
  const [facts] = await db.$queryRaw<
    {
      sharesBrowserWithAdvocate: boolean;
      sharesBrowserWithFriends: boolean;
      sameIdentityReferred: boolean;
      friendReferredAdvocate: boolean;
    }[]
  >`
    SELECT
      EXISTS (
        SELECT FROM customer_visitor v
        JOIN customer_visitor w ON w.merchant_id = v.merchant_id AND w.visitor_id = v.visitor_id
          AND w.customer_id = ${advocateId}
        WHERE v.merchant_id = ${merchantId} AND v.customer_id = ${friendId}
      ) AS "sharesBrowserWithAdvocate",
      EXISTS (
        SELECT FROM customer_visitor v
        JOIN customer_visitor w ON w.merchant_id = v.merchant_id AND w.visitor_id = v.visitor_id
          AND w.customer_id <> ${friendId}
        JOIN referral r ON r.merchant_id = w.merchant_id AND r.friend_id = w.customer_id
          AND r.advocate_id = ${evidence.advocateId}
        WHERE v.merchant_id = ${merchantId} AND v.customer_id = ${friendId}
      ) AS "sharesBrowserWithFriends",
      EXISTS (
        SELECT FROM customer c
        JOIN referral r ON r.merchant_id = c.merchant_id AND r.friend_id = c.id
          AND r.program_id = ${programId}
        WHERE c.merchant_id = ${merchantId} AND c.email_identity = ${friend.emailIdentity}
          AND c.id <> ${friendId}
      ) AS "sameIdentityReferred",
      EXISTS (
        SELECT FROM referral r
        JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
        WHERE r.merchant_id = ${merchantId} AND r.program_id = ${programId}
          AND a.customer_id = ${friendId} AND r.friend_id = ${advocateId}
      ) AS "friendReferredAdvocate"`;
  return { friend, advocate: personOf(advocateId), ...facts! };
}
