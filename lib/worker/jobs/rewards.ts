import { prismaFor } from "@/lib/core/db";
import { expireReward, issueWaiting, remindOfReward } from "@/lib/rewards/commands";
import { BATCH, sweep, type Work } from "./job";
import type { WorkFilter } from "../due";

/** Ends every reward whose time is over by its merchant's clock. @returns how many */
export async function expireDueRewards(filter: WorkFilter = {}): Promise<number> {
  const due = await prismaFor("goodword_gate").$queryRaw<Work[]>`
    WITH due AS (
      SELECT merchant_id, id, expires_at FROM reward WHERE state IN ('available', 'issued') AND expires_at <= now()
      UNION
      -- Sandboxes whose clock was moved. Apart, so that the index tells what is due for all others.
      SELECT r.merchant_id, r.id, r.expires_at FROM merchant m JOIN reward r ON r.merchant_id = m.id
      WHERE m.clock_offset_ms > 0 AND r.state IN ('available', 'issued')
        AND r.expires_at <= now() + m.clock_offset_ms * interval '1 millisecond'
    )
    SELECT merchant_id AS "merchantId", id FROM due WHERE (${filter.merchantId ?? null}::text IS NULL OR merchant_id = ${filter.merchantId ?? null})
    ORDER BY expires_at LIMIT ${BATCH}`;
  return sweep(due, (scope, { id }) => expireReward(scope, id));
}

/**
 * Tells the owners of rewards that these are about to expire, each once. @returns how many were due
 */
export async function remindExpiring(filter: WorkFilter = {}): Promise<number> {
  const due = await prismaFor("goodword_gate").$queryRaw<Work[]>`
    WITH due AS (
      SELECT merchant_id, id, remind_at FROM reward
      WHERE state IN ('available', 'issued') AND remind_at <= now() AND expires_at > now()
      UNION
      SELECT r.merchant_id, r.id, r.remind_at FROM merchant m JOIN reward r ON r.merchant_id = m.id
      WHERE m.clock_offset_ms > 0 AND r.state IN ('available', 'issued')
        AND r.remind_at <= now() + m.clock_offset_ms * interval '1 millisecond'
        AND r.expires_at > now() + m.clock_offset_ms * interval '1 millisecond'
    )
    SELECT merchant_id AS "merchantId", id FROM due WHERE (${filter.merchantId ?? null}::text IS NULL OR merchant_id = ${filter.merchantId ?? null})
    ORDER BY remind_at LIMIT ${BATCH}`;
  return sweep(due, (scope, { id }) => remindOfReward(scope, id));
}

/**
 * Gives codes to coupons that wait for one, where their pool has some by now. @returns how many got
 * theirs
 */
export async function issueDueCoupons(filter: WorkFilter = {}): Promise<number> {
  const due = await prismaFor("goodword_gate").$queryRaw<Work[]>`
    SELECT r.merchant_id AS "merchantId", r.id FROM reward r
    WHERE r.waiting_pool_id IS NOT NULL AND r.state = 'available'
      AND (${filter.merchantId ?? null}::text IS NULL OR r.merchant_id = ${filter.merchantId ?? null})
      AND EXISTS (
        SELECT 1 FROM coupon_pool_code c
        WHERE c.merchant_id = r.merchant_id AND c.pool_id = r.waiting_pool_id AND c.taken_at IS NULL
      )
    ORDER BY r.id LIMIT ${BATCH}`;
  return sweep(due, (scope, { id }) => issueWaiting(scope, id));
}
