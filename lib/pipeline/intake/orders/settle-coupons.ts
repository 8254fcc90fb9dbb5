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
import type { Decision } from "../../decide/decision";

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
  const decisions: Decision[] = [];
  for (const code of new Set(codes)) {
    const coupon = code === null ? null : await findCoupon(tx, code);
    if (coupon) decisions.push(...(await settleCoupon(tx, coupon, order, cause)));
  }
  return decisions;
}

async function settleCoupon(
  tx: Tx,
  coupon: Coupon,
  order: { id: string; customerId: string },
  cause: { id: string; occurredAt: Date },
): Promise<Decision[]> {
  const { code, rewardId } = coupon;
  const uses = await usesOf(tx, coupon, order.customerId);
  const inTime = uses.find(({ at }) => coupon.expiresAt === null || at <= coupon.expiresAt);
  const own = uses.find(({ orderId }) => orderId === order.id);
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
