import { inScope, type Scope } from "@/lib/merchants/scope";
import { termsOf } from "@/lib/programs/queries";
import { lockReferral, stepReferral } from "@/lib/referrals/commands";
import { reverseForOrder } from "@/lib/rewards/commands";
import { evaluate } from "@/lib/rewards/conditions";
import type { Decision, StoredEvent } from "./event-body";
import type { RefundedOrder } from "./record-refund";

/** What a refund takes back: the rewards that the order no longer carries, and the referrals that it alone confirmed. */
export async function reverseReferrals(
  scope: Scope, order: RefundedOrder, event: StoredEvent, decisions: Decision[],
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const confirmed = await db.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT r.id FROM referral r
      JOIN referral_step s ON s.merchant_id = r.merchant_id AND s.referral_id = r.id AND s.state = 'qualified'
      JOIN shop_order o ON o.merchant_id = s.merchant_id AND o.event_id = s.event_id
      WHERE r.merchant_id = ${scope.merchantId} AND r.friend_id = ${order.customerId} AND o.id = ${order.id}
        AND r.state IN ('qualified', 'rewarded')
      ORDER BY r.id`;
    // Referrals before rewards, rewards before budgets: the order in which everything locks them.
    const referrals = [];
    for (const { id } of confirmed) referrals.push(await lockReferral(db, scope.merchantId, id));

    for (const { rewardId, whole } of await reverseForOrder(scope, order, { key: event.id, at: event.occurredAt })) {
      decisions.push({
        code: whole ? "reward_reversed" : "reward_reduced", rewardId,
        message: whole ? "A reward of this order was taken back." : "Part of a reward of this order was taken back.",
      });
    }
    for (const referral of referrals) {
      const terms = await termsOf(scope, referral.programId, referral.programVersion);
      const stands = order.remainingMinor > 0n && evaluate(terms.qualification.conditions, {
        currency: order.currency, orderMinor: order.remainingMinor, isNewCustomer: true,
      }).holds;
      if (stands) continue;
      await stepReferral(scope, { referralId: referral.id, state: "reversed", reason: "refunded", at: event.occurredAt, eventId: event.id });
      await db.advocate.update({
        where: { merchantId_id: { merchantId: scope.merchantId, id: referral.advocateId } }, data: { confirmedCount: { decrement: 1 } },
      });
      decisions.push({ code: "referral_reversed", message: "The referral that this order had confirmed is reversed.", referralId: referral.id });
    }
  });
}
