import { Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { defineWrite, rowsAsJson } from "@/lib/core/statements/pending-writes";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { FrozenTerms } from "../../schema";
import type { RewardStep } from "../step-reward";

/** A reward as its row begins: the names are those of the table's columns. */
export type RewardRow = {
  id: string;
  program_id: string;
  program_version: number;
  referral_id: string | null;
  rule_id: string;
  side: "advocate" | "friend";
  customer_id: string;
  advocate_id: string | null;
  source: string;
  cause_kind: string;
  cause_ref: string;
  event_id: string | null;
  order_id: string | null;
  state: string;
  reason: string;
  terms: FrozenTerms;
  facts: Prisma.InputJsonValue;
  amount_minor: bigint | null;
  asset: string | null;
  cost_minor: bigint;
  earned_at: Date;
  arm: string | null;
  granted_at: Date;
  held_until: Date;
  available_at: Date | null;
  issued_at: Date | null;
  expires_at: Date | null;
  remind_at: Date | null;
};

/**
 * Leaves a reward to be written. Where another transaction was first with the same, the whole
 * transaction fails as one that lost a race (`reward_granted_once`): run again, it finds the other
 * one's.
 */
export function leaveReward(tx: Tx, row: RewardRow): void {
  tx.later(newRewards, row);
}

/** Writes a reward now. @returns whether it is the first of its cause */
export async function insertReward({ db, merchantId }: Tx, row: RewardRow): Promise<boolean> {
  const rows = rowsAsJson([row]);
  const written = await db.$executeRaw`
    ${insertRewards(Prisma.sql`${rows}::json`, merchantId)} ON CONFLICT DO NOTHING`;
  return written > 0;
}

/** Leaves the first steps of a reward to be written. @returns the id of the last one */
export function leaveSteps(tx: Tx, rewardId: string, steps: readonly RewardStep[]): string {
  const now = scopeNow(tx);
  const rows = steps.map(({ state, reason, at, amountMinor = null, costMinor = 0n }) => ({
    reward_id: rewardId,
    id: newId("stp"),
    state,
    reason,
    at,
    recorded_at: now,
    actor: tx.actor.label,
    amount_minor: amountMinor,
    cost_minor: costMinor,
  }));
  tx.later(newSteps, ...rows);
  return rows.at(-1)!.id;
}

function insertRewards(rows: Prisma.Sql, merchantId: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO reward (merchant_id, id, program_id, program_version, referral_id, rule_id, side,
      customer_id, advocate_id, source, cause_kind, cause_ref, event_id, order_id, state, reason,
      terms, facts, amount_minor, asset, cost_minor, earned_at, arm, granted_at, held_until,
      available_at, issued_at, expires_at, remind_at)
    SELECT ${merchantId}, id, program_id, program_version, referral_id, rule_id, side,
      customer_id, advocate_id, source, cause_kind, cause_ref, event_id, order_id, state, reason,
      terms, facts, amount_minor, asset, cost_minor, earned_at, arm, granted_at, held_until,
      available_at, issued_at, expires_at, remind_at
    FROM json_populate_recordset(NULL::reward, ${rows})`;
}

const newRewards = defineWrite<RewardRow>({
  name: "new_rewards",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`${insertRewards(rows, merchantId)} RETURNING 1`,
});

const newSteps = defineWrite<{
  reward_id: string;
  id: string;
  state: string;
  reason: string;
  at: Date;
  recorded_at: Date;
  actor: string;
  amount_minor: bigint | null;
  cost_minor: bigint;
}>({
  name: "new_reward_steps",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO reward_step (merchant_id, reward_id, id, state, reason, at, recorded_at, actor,
      amount_minor, cost_minor)
    SELECT ${merchantId}, reward_id, id, state, reason, at, recorded_at, actor, amount_minor,
      cost_minor
    FROM json_populate_recordset(NULL::reward_step, ${rows}) RETURNING 1`,
});
