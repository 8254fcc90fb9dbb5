import { Prisma } from "@/lib/core/db";
import { decideByRule } from "@/lib/pipeline/process/decide-by-rule";
import { remindOfReviews } from "@/lib/referrals/commands/remind-of-reviews";
import { dueBy } from "../due";
import { itemJob } from "../job-kinds/job";

const table = Prisma.sql`referral`;
const isWaiting = Prisma.sql`t.review_at IS NOT NULL
  AND t.state IN ('joined', 'qualified', 'rewarded')`;

/** So many days of the shop's settings. */
function daysOf(column: "review_remind_days" | "review_decide_days"): Prisma.Sql {
  return Prisma.sql`(
    SELECT s.${Prisma.raw(column)} * interval '24 hours' FROM merchant s
    WHERE s.id = t.merchant_id)`;
}

/**
 * Referrals under review that nobody has decided about for as long as the shop lets them wait. What
 * only a browser reported is never approved so.
 */
export const decideReviews = itemJob({
  name: "decide_reviews",
  due: (filter) =>
    dueBy(filter, {
      table,
      at: Prisma.sql`t.review_at + ${daysOf("review_decide_days")}`,
      where: Prisma.sql`${isWaiting} AND EXISTS (
        SELECT FROM merchant s WHERE s.id = t.merchant_id AND s.review_decision <> 'wait'
          AND (s.review_decision <> 'approve' OR NOT t.by_browser))`,
    }),
  late: { afterMinutes: 60, cost: "Referrals wait longer for a decision than the shop says." },
  doOne: (scope, { id }) => decideByRule(scope, id),
});

/** Shops in which referrals wait for a member: one email for all of them. */
export const remindStaff = itemJob({
  name: "remind_staff",
  due: (filter) => Prisma.sql`
    SELECT "merchantId", "merchantId" AS id, min("dueAt") AS "dueAt" FROM (${dueBy(filter, {
      table,
      at: Prisma.sql`COALESCE(t.reminded_at, t.review_at) + ${daysOf("review_remind_days")}`,
      where: isWaiting,
    })}) d GROUP BY "merchantId"`,
  late: { afterMinutes: 60, cost: "Staff hear late of referrals that wait for them." },
  doOne: (scope) => remindOfReviews(scope),
});
