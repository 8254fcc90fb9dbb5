import { remembered } from "@/lib/core/collections/remembered";
import { Prisma } from "@/lib/core/db";
import { bigintOf, type Query } from "@/lib/core/statements/query";
import type { Tx } from "@/lib/merchants/scope";
import type { RefusalRecord, RewardRecord } from "@/lib/rewards/rules/settle";
import { frozenTermsSchema } from "@/lib/rewards/schema";
import { thawFacts } from "@/lib/terms/facts/conditions";

export type GrantedReward = RewardRecord & { programId: string };
export type RefusedReward = RefusalRecord & { programId: string; referralId: string | null };

/**
 * Rewards of rules that were granted.
 * @param where a condition on columns that rewards and refusals share
 */
export function rewardsQuery(
  { merchantId }: Pick<Tx, "merchantId">,
  where: Prisma.Sql,
): Query<GrantedReward> {
  return {
    sql: Prisma.sql`
      SELECT id, program_id AS "programId", rule_id AS "ruleId", cause_kind AS "causeKind",
        cause_ref AS "causeRef", customer_id AS "customerId", referral_id AS "referralId",
        event_id AS "eventId", order_id AS "orderId", state, reversal_reason AS "reversalReason",
        amount_minor::text AS "amountMinor", reversed_minor::text AS "reversedMinor",
        recovered_minor::text AS "recoveredMinor", terms::text AS terms, facts
      FROM reward WHERE merchant_id = ${merchantId} AND source = 'rule' AND ${where}
      ORDER BY id`,
    row: ({ causeKind, causeRef, terms, facts, ...reward }) => ({
      ...reward,
      causeRef: { kind: causeKind, ref: causeRef },
      amountMinor: bigintOf(reward.amountMinor),
      reversedMinor: bigintOf(reward.reversedMinor),
      recoveredMinor: bigintOf(reward.recoveredMinor),
      terms: frozenTerms(terms),
      facts: thawFacts(facts),
    }),
  };
}

/** Rewards of rules that were refused. @param where as for `rewardsQuery` */
export function refusalsQuery(
  { merchantId }: Pick<Tx, "merchantId">,
  where: Prisma.Sql,
): Query<RefusedReward> {
  return {
    sql: Prisma.sql`
      SELECT program_id AS "programId", rule_id AS "ruleId", cause_kind AS "causeKind",
        cause_ref AS "causeRef", customer_id AS "customerId", referral_id AS "referralId", basis
      FROM reward_refusal WHERE merchant_id = ${merchantId} AND ${where}`,
    row: ({ causeKind, causeRef, ...refusal }) => ({
      ...refusal,
      causeRef: { kind: causeKind, ref: causeRef },
    }),
  };
}

/** The rewards of a rule share their terms, and they never change: by their text. */
const termsOf = remembered<RewardRecord["terms"]>(1_000);

function frozenTerms(text: string): RewardRecord["terms"] {
  // Conditions were checked when their version was published, and are immutable since.
  return termsOf(text, () => frozenTermsSchema.parse(JSON.parse(text)) as RewardRecord["terms"]);
}
