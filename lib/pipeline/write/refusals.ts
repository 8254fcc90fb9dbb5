import { Prisma } from "@/lib/core/db";
import { defineWrite } from "@/lib/core/statements/pending-writes";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { DueReward, GrantTo } from "@/lib/rewards/rules/settle";
import { freezeFacts, type FrozenFacts } from "@/lib/terms/facts/conditions";
import type { Verdict } from "@/lib/terms/kinds/condition";

/** A reward that is not granted, and what that was decided on. */
export type Refusal = {
  due: DueReward;
  to: GrantTo;
  basis: string;
  reasons: readonly Verdict[];
};

/**
 * Leaves refusals to be written, each with what it was decided on: it is decided again only if that
 * changes.
 */
export function leaveRefusals(tx: Tx, refusals: readonly Refusal[]): void {
  const decidedAt = scopeNow(tx);
  tx.later(
    refusedRewards,
    ...refusals.map(
      ({ due: { rule, causeRef, cause, customerId, facts }, to, basis, reasons }) => ({
        program_id: to.programId,
        rule_id: rule.id,
        cause_kind: causeRef.kind,
        cause_ref: causeRef.ref,
        customer_id: customerId,
        referral_id: to.referral?.id ?? null,
        advocate_id: to.advocateId,
        event_id: cause.eventId,
        basis,
        facts: freezeFacts(facts),
        reasons,
        decided_at: decidedAt,
      }),
    ),
  );
}

const refusedRewards = defineWrite<{
  program_id: string;
  rule_id: string;
  cause_kind: string;
  cause_ref: string;
  customer_id: string;
  referral_id: string | null;
  advocate_id: string;
  event_id: string | null;
  basis: string;
  facts: FrozenFacts;
  reasons: readonly Verdict[];
  decided_at: Date;
}>({
  name: "refused_rewards",
  locks: null,
  // Of several about the same reward, the last one counts.
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO reward_refusal AS r (merchant_id, program_id, rule_id, cause_kind, cause_ref,
      customer_id, referral_id, advocate_id, event_id, basis, facts, reasons, decided_at)
    SELECT DISTINCT ON (program_id, rule_id, cause_kind, cause_ref, customer_id) ${merchantId},
      program_id, rule_id, cause_kind, cause_ref, customer_id, referral_id, advocate_id, event_id,
      basis, facts, reasons, decided_at
    FROM ROWS FROM (json_populate_recordset(NULL::reward_refusal, ${rows})) WITH ORDINALITY
    ORDER BY program_id, rule_id, cause_kind, cause_ref, customer_id, ordinality DESC
    ON CONFLICT (merchant_id, program_id, rule_id, cause_kind, cause_ref, customer_id)
    DO UPDATE SET event_id = EXCLUDED.event_id, basis = EXCLUDED.basis, facts = EXCLUDED.facts,
      reasons = EXCLUDED.reasons, decided_at = EXCLUDED.decided_at
    RETURNING 1`,
});
