import { readCode } from "@/lib/core/values/code";
import type { Tx } from "@/lib/merchants/scope";
import {
  type Coupon,
  COUPON_REFUSALS,
  findCoupon,
  markCouponUsed,
  moveCouponUse,
  returnCoupon,
  settleCouponCost,
} from "@/lib/rewards/commands";
import { borrowedCoupon } from "@/lib/fraud/signals/borrowed-coupon";
import { lockReferral } from "@/lib/referrals/commands";
import { fraudRules } from "@/lib/terms/rules/fraud";
import type { Decision } from "../../decide/decision";
import { termsOfReferral } from "../../read/terms-in-effect";
import { settleSignal } from "../signals/settle-signal";

type Use = { orderId: string; at: Date; stands: boolean };

/**
 * Works out anew which order used the coupons that an order names, or named before: the earliest
 * that did not come back whole, while the coupon could be used. Where none is left, the coupon is
 * usable again, if the shop's setting says so.
 * @param order the order that was recorded, changed or refunded
 * @param codes the discount codes that it names or named
 * @returns what was decided
 */
export async function settleCoupons(
  tx: Tx,
  order: { id: string; customerId: string },
  codes: readonly (string | null)[],
  cause: { id: string; occurredAt: Date },
): Promise<Decision[]> {
  const coupons: Coupon[] = [];
  for (const code of new Set(codes)) {
    const coupon = code === null ? null : await findCoupon(tx, code);
    if (coupon) coupons.push(coupon);
  }
  await tx.lock.referrals(...coupons.flatMap(({ referralId }) => referralId ?? []));
  const decisions: Decision[] = [];
  for (const coupon of coupons) decisions.push(...(await settleCoupon(tx, coupon, order, cause)));
  return decisions;
}

async function settleCoupon(
  tx: Tx,
  coupon: Coupon,
  order: { id: string; customerId: string },
  cause: { id: string; occurredAt: Date },
): Promise<Decision[]> {
  const uses = await usesOf(tx, coupon, order.customerId);
  const inTime = uses.find(({ at }) => coupon.expiresAt === null || at <= coupon.expiresAt);
  const own = uses.find(({ orderId }) => orderId === order.id);
  const suspicions = own ? await raiseBorrowed(tx, coupon, order, cause) : [];
  return [...suspicions, ...(await settleUse(tx, coupon, { order, inTime, own }, cause))];
}

/** Raises a signal where it is not the owner who used a coupon: nothing stops the order. */
async function raiseBorrowed(
  tx: Tx,
  coupon: Coupon,
  order: { id: string; customerId: string },
  occasion: { id: string; occurredAt: Date },
): Promise<Decision[]> {
  const { referralId } = coupon;
  const signal = borrowedCoupon(coupon, order);
  if (!signal || referralId === null) return [];
  const terms = await termsOfReferral(tx, await lockReferral(tx, referralId));
  const rules = fraudRules(terms);
  const held = await settleSignal(tx, referralId, { signals: [signal], rules, occasion });
  const message = "How a coupon was used has a referral reviewed.";
  return held
    ? [{ code: "referral_to_review", message, otherReferralId: referralId, reason: signal.kind }]
    : [];
}

type Uses = { order: { id: string }; inTime: Use | undefined; own: Use | undefined };

async function settleUse(
  tx: Tx,
  coupon: Coupon,
  { order, inTime, own }: Uses,
  cause: { id: string; occurredAt: Date },
): Promise<Decision[]> {
  const { code, rewardId } = coupon;
  if (coupon.orderId === null) {
    const use = inTime ?? own;
    if (!use) return [];
    const marked = await markCouponUsed(tx, {
      code,
      rewardId,
      orderId: use.orderId,
      at: use.at,
      cause: cause.id,
    });
    if (!own) return [];
    const used = marked.used && use.orderId === order.id;
    return [used ? usedBy(coupon) : refused(coupon, marked)];
  }
  if (!inTime) {
    if (!(await returnCoupon(tx, coupon, cause.occurredAt))) return [];
    const message = "The coupon that was used for this order is usable again.";
    return [{ code: "coupon_returned", message, rewardId }];
  }
  if (inTime.orderId !== coupon.orderId)
    await moveCouponUse(tx, { code, orderId: inTime.orderId, at: inTime.at });
  await settleCouponCost(tx, coupon, !inTime.stands, cause.occurredAt);
  if (inTime.orderId === order.id) return coupon.orderId === order.id ? [] : [usedBy(coupon)];
  return own ? [refused(coupon, { used: true })] : [];
}

function usedBy({ rewardId }: Coupon): Decision {
  return { code: "coupon_used", message: "The coupon of a reward was used.", rewardId };
}

function refused({ rewardId }: Coupon, use: Awaited<ReturnType<typeof markCouponUsed>>): Decision {
  const why = use.used ? "used_before" : use.why;
  const code = why === "expired" ? "coupon_expired" : "coupon_not_usable";
  return { code, message: COUPON_REFUSALS[why], rewardId };
}

/**
 * The orders that name a coupon, of the customer it was issued to and of the one who used it,
 * earliest first. One that came back whole has used it only where the shop's setting says so; one
 * that the coupon made free has used it.
 */
async function usesOf({ db, merchantId }: Tx, coupon: Coupon, customerId: string): Promise<Use[]> {
  const rows = await db.$queryRaw<(Use & { said: string })[]>`
    SELECT o.id AS "orderId", o.occurred_at AS at, o.discount_code AS said,
      (o.stands OR o.total_minor = 0) AS stands
    FROM shop_order o JOIN merchant m ON m.id = o.merchant_id
    WHERE o.merchant_id = ${merchantId} AND o.discount_code IS NOT NULL
      AND (o.customer_id = ANY(${[coupon.customerId, customerId]}::text[])
        OR o.id = ${coupon.orderId})
      AND (o.stands OR o.total_minor = 0 OR NOT m.coupon_reuse)
    ORDER BY o.occurred_at, o.id`;
  return rows.flatMap(({ said, ...use }) => (readCode(said) === coupon.code ? [use] : []));
}
