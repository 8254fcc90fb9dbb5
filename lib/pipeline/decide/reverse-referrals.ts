import type { Db } from "@/lib/core/db";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { type LoadedReferral, lockReferral, stepReferral } from "@/lib/referrals/commands";
import { reverseForOrder } from "@/lib/rewards/commands";
import { evaluate } from "@/lib/terms/rules/evaluate";
import { thawFacts } from "@/lib/terms/facts/conditions";
import { linesLeft } from "@/lib/terms/facts/known";
import { meetsQualification } from "@/lib/terms/rules/due";
import { factsLeft } from "@/lib/rewards/rules/reversal";
import type { Decision } from "./decision";
import { linesOf, readReferralContext, readReferralFacts } from "./facts";
import type { SettledOrder } from "../intake/orders/settle-order";
import { termsOfReferral } from "./terms-in-effect";

/**
 * What causes a reversal: a refund, or a decision that makes an older refund count. `key` is unique
 * per cause.
 */
export type ReversalCause = { key: string; eventId: string | null; at: Date };

/**
 * Reverses what a refund undoes: rewards that the order no longer carries, whole or in part, and
 * referrals that it alone had qualified.
 * @param decisions takes what was decided
 */
export async function reverseReferrals(
  scope: Scope,
  order: SettledOrder,
  cause: ReversalCause,
  decisions: Decision[],
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const qualified = await db.$queryRaw<{ id: string }[]>`
      SELECT r.id FROM referral r
      WHERE r.merchant_id = ${scope.merchantId} AND r.friend_id = ${order.customerId}
        AND r.state IN ('qualified', 'rewarded')
        AND EXISTS (
          SELECT FROM referral_step s
          JOIN shop_order o ON o.merchant_id = s.merchant_id AND o.event_id = s.event_id
          WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id AND s.state = 'qualified'
            AND o.id = ${order.id}
        )
      ORDER BY r.program_id`;
    // Referrals before rewards, rewards before budgets: the order in which everything locks them.
    const referrals: LoadedReferral[] = [];
    for (const { id } of qualified) referrals.push(await lockReferral(db, scope.merchantId, id));

    for (const { rewardId, whole } of await reverseForOrder(scope, order, cause)) {
      decisions.push({
        code: whole ? "reward_reversed" : "reward_reduced",
        rewardId,
        message: whole
          ? "A reward for this order was reversed."
          : "Part of a reward for this order was reversed.",
      });
    }
    for (const referral of referrals) {
      if (
        (referral.state !== "qualified" && referral.state !== "rewarded") ||
        (await stillQualifies(scope, referral, order))
      )
        continue;
      await stepReferral(scope, {
        referralId: referral.id,
        state: "reversed",
        reason: "refunded",
        at: cause.at,
        eventId: cause.eventId,
      });
      await db.advocate.update({
        where: { merchantId_id: { merchantId: scope.merchantId, id: referral.advocateId } },
        data: { qualifiedCount: { decrement: 1 } },
      });
      decisions.push({
        code: "referral_reversed",
        message: "The referral that this order had qualified was reversed.",
        referralId: referral.id,
      });
    }
  });
}

/**
 * Whether what is left of the order still qualifies the referral. Everything but the order counts
 * as it was when its rewards were granted, so that a referral and its rewards are reversed
 * together; without rewards, what is known now counts.
 */
async function stillQualifies(
  scope: Scope & { db: Db },
  referral: LoadedReferral,
  order: SettledOrder,
): Promise<boolean> {
  if (order.remainingMinor === 0n) return false;
  const terms = await termsOfReferral(scope, referral);
  const reward = await scope.db.reward.findFirst({
    where: { merchantId: scope.merchantId, referralId: referral.id, orderId: order.id },
    orderBy: { id: "asc" },
    select: { facts: true },
  });
  if (reward)
    return evaluate(terms.qualification.conditions, factsLeft(thawFacts(reward.facts), order))
      .holds;
  const facts = await readReferralFacts(scope, referral, terms, null);
  const bought = facts.orders.find(({ orderId }) => orderId === order.id);
  if (!bought) return false;
  const cause = {
    eventId: bought.eventId,
    order: bought,
    at: bought.occurredAt,
    country: bought.country,
  };
  return meetsQualification(
    terms,
    facts,
    await readReferralContext(scope, referral, terms),
    cause,
    "as_left",
  );
}

/**
 * Applies refunds to a referral whose rejection was undone: while it was rejected, they had nothing
 * to reverse.
 */
export async function applyRefunds(scope: Scope, referralId: string, at: Date): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const orders = await db.$queryRaw<Omit<SettledOrder, "lines">[]>`
      SELECT o.id, o.currency, o.customer_id AS "customerId",
        CASE WHEN o.stands THEN o.total_minor - o.refunded_minor ELSE 0 END AS "remainingMinor"
      FROM shop_order o
      WHERE o.merchant_id = ${scope.merchantId} AND o.refunded_minor > 0
        AND o.customer_id = (
          SELECT friend_id FROM referral
          WHERE merchant_id = ${scope.merchantId} AND id = ${referralId}
        )
        AND (
          o.id IN (
            SELECT order_id FROM reward
            WHERE merchant_id = ${scope.merchantId} AND referral_id = ${referralId}
          ) OR o.event_id IN (
            SELECT event_id FROM referral_step
            WHERE merchant_id = ${scope.merchantId} AND referral_id = ${referralId}
              AND state = 'qualified'
          )
        )
      ORDER BY o.id`;
    const lines = await linesOf(
      scope,
      orders.map(({ id }) => id),
    );
    for (const order of orders) {
      await reverseReferrals(
        scope,
        { ...order, lines: linesLeft(lines.get(order.id) ?? []) },
        { key: `undo:${referralId}:${at.getTime()}`, eventId: null, at },
        [],
      );
    }
  });
}
