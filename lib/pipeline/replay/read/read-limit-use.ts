import { inScope, type Scope } from "@/lib/merchants/scope";
import { groupedBy } from "@/lib/core/collections/grouped-by";
import { CHUNK, type Reading } from "./reading";

/**
 * Reads what rewards that no run decides have used of the limits: rewards for friends who came, or
 * for actions, before the range.
 */
export async function readLimitUse(scope: Scope, reading: Reading): Promise<void> {
  await inScope(scope, async ({ db, merchantId }) => {
    let after = "";
    for (;;) {
      const rewards = await db.$queryRaw<
        {
          id: string;
          ruleId: string;
          causeKind: string;
          causeRef: string;
          customerId: string;
          advocateId: string | null;
          earnedAt: Date;
        }[]
      >`
        SELECT w.id, w.rule_id AS "ruleId", w.cause_kind AS "causeKind",
          w.cause_ref AS "causeRef",
          w.customer_id AS "customerId", w.advocate_id AS "advocateId", w.earned_at AS "earnedAt"
        FROM reward w LEFT JOIN referral r ON r.merchant_id = w.merchant_id AND r.id = w.referral_id
        WHERE w.merchant_id = ${merchantId} AND w.program_id = ${reading.programId}
          AND w.source = 'rule'
          AND (w.earned_at < ${reading.fromAt} OR r.joined_at < ${reading.fromAt})
          AND w.earned_at < ${reading.untilAt} AND w.id > ${after}
        ORDER BY w.id LIMIT ${2 * CHUNK}`;
      const steps = await db.rewardStep.findMany({
        where: {
          merchantId,
          rewardId: { in: rewards.map(({ id }) => id) },
          at: { lt: reading.untilAt },
        },
        orderBy: { id: "asc" },
        select: { id: true, rewardId: true, state: true, at: true, costMinor: true },
      });
      const stepsOf = groupedBy(steps, ({ rewardId }) => rewardId);
      for (const { id, causeKind, causeRef, ...use } of rewards) {
        reading.granted.add(`${use.ruleId} ${causeKind}:${causeRef} ${use.customerId}`);
        let counted = false;
        for (const step of stepsOf.get(id) ?? []) {
          const counts = step.state !== "voided" && step.state !== "reversed";
          const rewards = Number(counts) - Number(counted);
          counted = counts;
          if (rewards !== 0 || step.costMinor !== 0n) {
            reading.moments.push({
              at: step.at,
              key: step.id,
              kind: "limit_use",
              ...use,
              rewards,
              costMinor: step.costMinor,
            });
          }
        }
      }
      if (rewards.length < 2 * CHUNK) return;
      after = rewards.at(-1)!.id;
    }
  });
}
