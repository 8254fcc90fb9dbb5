import type { Prisma } from "@/lib/core/db";
import type { Tx } from "@/lib/merchants/scope";
import type { RefusalRecord, RewardRecord } from "@/lib/rewards/rules/settle";
import { frozenTermsSchema } from "@/lib/rewards/schema";
import { thawFacts } from "@/lib/terms/facts/conditions";

/** What was decided before: rewards of rules that were granted, and those that were refused. */
export type DecidedRecords = {
  rewards: readonly RewardRecord[];
  refusals: readonly (RefusalRecord & { referralId: string | null })[];
};

type Row = Omit<RewardRecord, "causeRef" | "terms" | "facts"> & {
  causeKind: string;
  causeRef: string;
  terms: unknown;
  facts: unknown;
};

type RefusalRow = Omit<RefusalRecord, "causeRef"> & {
  causeKind: string;
  causeRef: string;
  referralId: string | null;
};

/** @param where a condition on columns that rewards and refusals share */
export async function readDecided(
  { db, merchantId }: Pick<Tx, "db" | "merchantId">,
  where: Prisma.Sql,
): Promise<DecidedRecords> {
  const rewards = await db.$queryRaw<Row[]>`
    SELECT id, rule_id AS "ruleId", cause_kind AS "causeKind", cause_ref AS "causeRef",
      customer_id AS "customerId", referral_id AS "referralId", event_id AS "eventId",
      order_id AS "orderId", state, reason, reversal_reason AS "reversalReason",
      amount_minor AS "amountMinor", reversed_minor AS "reversedMinor",
      recovered_minor AS "recoveredMinor", terms, facts
    FROM reward WHERE merchant_id = ${merchantId} AND source = 'rule' AND ${where}
    ORDER BY id`;
  const refusals = await db.$queryRaw<RefusalRow[]>`
    SELECT rule_id AS "ruleId", cause_kind AS "causeKind", cause_ref AS "causeRef",
      customer_id AS "customerId", referral_id AS "referralId", basis
    FROM reward_refusal WHERE merchant_id = ${merchantId} AND ${where}`;
  return {
    rewards: rewards.map(rewardRecord),
    refusals: refusals.map(({ causeKind, causeRef, ...refusal }) => ({
      ...refusal,
      causeRef: { kind: causeKind, ref: causeRef },
    })),
  };
}

function rewardRecord({ causeKind, causeRef, terms, facts, ...reward }: Row): RewardRecord {
  return {
    ...reward,
    causeRef: { kind: causeKind, ref: causeRef },
    // Conditions were checked when their version was published, and are immutable since.
    terms: frozenTermsSchema.parse(terms) as RewardRecord["terms"],
    facts: thawFacts(facts),
  };
}
