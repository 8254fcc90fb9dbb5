import { Prisma } from "@/lib/core/db";
import { releaseAndComplete } from "@/lib/pipeline/process/release-reward";
import {
  expireBalanceLot,
  expireReward,
  issueWaiting,
  remindOfReward,
} from "@/lib/rewards/commands";
import { dueBy, ofMerchant } from "../due";
import { itemJob } from "../job-kinds/job";

const table = Prisma.sql`reward`;
const isUsable = Prisma.sql`t.state IN ('available', 'issued')`;

/** Rewards whose hold is over, unless a member still has to review their referral. */
export const releaseRewards = itemJob({
  name: "release_rewards",
  due: (filter) =>
    dueBy(filter, {
      table,
      at: Prisma.sql`t.held_until`,
      where: Prisma.sql`t.state = 'held' AND NOT EXISTS (
        SELECT FROM referral f WHERE f.merchant_id = t.merchant_id AND f.id = t.referral_id
          AND f.review_at IS NOT NULL)`,
    }),
  late: { afterMinutes: 15, cost: "Rewards stay on hold for longer than promised." },
  doOne: (scope, { id }) => releaseAndComplete(scope, id),
});

/** Rewards that expire soon; their owners are reminded once. */
export const remindOfExpiry = itemJob({
  name: "remind_of_expiry",
  due: (filter) =>
    dueBy(filter, {
      table,
      at: Prisma.sql`t.remind_at`,
      where: (clock) => Prisma.sql`${isUsable} AND t.expires_at > ${clock}`,
    }),
  late: { afterMinutes: 60, cost: "Customers have less time left to use their rewards." },
  doOne: (scope, { id }) => remindOfReward(scope, id),
});

/** Rewards whose time is over. */
export const expireRewards = itemJob({
  name: "expire_rewards",
  due: (filter) => dueBy(filter, { table, at: Prisma.sql`t.expires_at`, where: isUsable }),
  late: { afterMinutes: 60, cost: "Expired rewards still look usable and stay on the books." },
  doOne: (scope, { id }) => expireReward(scope, id),
});

/** Parts of a balance whose time is over. */
export const expireLots = itemJob({
  name: "expire_lots",
  due: (filter) =>
    dueBy(filter, {
      table: Prisma.sql`ledger_lot`,
      at: Prisma.sql`t.expires_at`,
      where: Prisma.sql`t.remaining_minor > 0`,
    }),
  late: { afterMinutes: 60, cost: "Expired points and credit still count in balances." },
  doOne: (scope, { id }) => expireBalanceLot(scope, id),
});

/** Coupons that wait for a code and whose pool has one by now. */
export const issueWaitingCoupons = itemJob({
  name: "issue_waiting_coupons",
  due: (filter) => Prisma.sql`
    SELECT t.merchant_id AS "merchantId", t.id, NULL::timestamptz AS "dueAt" FROM reward t
    WHERE t.waiting_pool_id IS NOT NULL AND t.state = 'available'
      AND ${ofMerchant(filter, Prisma.sql`t.merchant_id`)}
      AND EXISTS (
        SELECT 1 FROM coupon_pool_code c WHERE c.merchant_id = t.merchant_id
          AND c.pool_id = t.waiting_pool_id AND c.taken_at IS NULL)`,
  late: null,
  doOne: (scope, { id }) => issueWaiting(scope, id),
});
