import { type Tx, scopeNow } from "@/lib/merchants/scope";
import { stepReferrals } from "@/lib/referrals/commands";
import { isQualified } from "@/lib/referrals/rules";
import {
  completeReferral,
  countQualified,
  grantReward,
  reverseReward,
  reviseReward,
} from "@/lib/rewards/commands";
import { basisOf } from "@/lib/rewards/rules/basis";
import { freezeFacts } from "@/lib/terms/facts/conditions";
import type { Verdict } from "@/lib/terms/kinds/condition";
import type { Decision } from "../decide/decision";
import type { Effect } from "../decide/effects";

/** What is behind the effects: `key` is unique per cause, and what is undone is dated by it. */
export type EffectCause = { key: string; at: Date };

/** A decision, and the event that it is about; null where that is not on record. */
export type Decided = Decision & { eventId: string | null };

type EffectOf<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>;

/**
 * Carries out what was decided, in the written order of locks: referrals, rewards, budgets,
 * advocates, ledger. What makes room under limits comes before what takes it.
 * @returns the decisions in plain words
 */
export async function writeEffects(
  tx: Tx,
  effects: readonly Effect[],
  cause: EffectCause,
): Promise<Decided[]> {
  const of = <Kind extends Effect["kind"]>(kind: Kind) =>
    effects.filter((effect): effect is EffectOf<Kind> => effect.kind === kind);
  const decisions: Decided[] = [];
  for (const effect of of("step_referral")) decisions.push(writeStep(tx, effect));
  await lockRewards(tx, [
    ...of("reverse").map(({ reward }) => reward.id),
    ...of("change").map(({ change }) => change.reward.id),
  ]);
  for (const effect of of("reverse")) decisions.push(await writeReversal(tx, effect, cause));
  for (const effect of of("change")) decisions.push(await writeChange(tx, effect, cause));
  for (const effect of of("refuse")) decisions.push(await writeRefusal(tx, effect));
  for (const effect of inProgramOrder(of("grant"))) decisions.push(await writeGrant(tx, effect));
  for (const { referralId } of of("complete")) await completeReferral(tx, referralId);
  await noteAdvocates(tx, of("note_advocate"));
  return decisions;
}

function writeStep(tx: Tx, { referral, step }: EffectOf<"step_referral">): Decided {
  const { to, reason, at, eventId } = step;
  stepReferrals(tx, [{ referralId: referral.id, state: to, reason, at, eventId }]);
  const was = isQualified(referral.state);
  const is = isQualified(to);
  if (was !== is) countQualified(tx, { advocateId: referral.advocateId, by: is ? 1 : -1, at });
  return {
    code: `referral_${to}`,
    message: `The referral is ${to}.`,
    referralId: referral.id,
    reason,
    eventId,
  };
}

/** All of them before the first one's budget: whoever holds a budget waits for no reward. */
async function lockRewards({ db, merchantId }: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length < 2) return;
  await db.$queryRaw`
    SELECT 1 FROM reward WHERE merchant_id = ${merchantId} AND id = ANY(${[...ids]}::text[])
    ORDER BY id FOR NO KEY UPDATE`;
}

async function writeReversal(
  tx: Tx,
  { reward, because }: EffectOf<"reverse">,
  cause: EffectCause,
): Promise<Decided> {
  await reverseReward(tx, reward.id, because, cause);
  return {
    code: "reward_reversed",
    message: `A reward was ${reward.state === "held" ? "voided" : "reversed"}.`,
    ruleId: reward.ruleId,
    rewardId: reward.id,
    reason: because,
    eventId: null,
  };
}

const REVISION_WORDS = {
  moved: "A reward rests on another purchase now.",
  reduced: "Part of a reward was reversed.",
  raised: "A reward was raised.",
} as const;

async function writeChange(
  tx: Tx,
  { change }: EffectOf<"change">,
  cause: EffectCause,
): Promise<Decided> {
  const { reward, due } = change;
  const revision = await reviseReward(tx, change, cause);
  return {
    code: `reward_${revision}`,
    message: REVISION_WORDS[revision],
    ruleId: reward.ruleId,
    rewardId: reward.id,
    eventId: due.cause.eventId,
  };
}

async function writeGrant(tx: Tx, { due, to }: EffectOf<"grant">): Promise<Decided> {
  const result = await grantReward(tx, due, to);
  if (result.outcome === "refused") {
    const { reasons } = result;
    return writeRefusal(tx, { kind: "refuse", due, to, basis: basisOf(due), reasons });
  }
  return {
    code: "reward_granted",
    message: `A reward for the ${due.rule.side}.`,
    ruleId: due.rule.id,
    rewardId: result.rewardId,
    ...(to.referral && { referralId: to.referral.id }),
    eventId: due.cause.eventId,
  };
}

/** Keeps a refusal with what it was decided on: it is decided again only if that changes. */
async function writeRefusal(
  tx: Tx,
  { due, to, basis, reasons }: EffectOf<"refuse">,
): Promise<Decided> {
  const { rule, causeRef, cause, customerId, facts } = due;
  await tx.db.$executeRaw`
    INSERT INTO reward_refusal (merchant_id, program_id, rule_id, cause_kind, cause_ref,
      customer_id, referral_id, advocate_id, event_id, basis, facts, reasons, decided_at)
    VALUES (${tx.merchantId}, ${to.programId}, ${rule.id}, ${causeRef.kind}, ${causeRef.ref},
      ${customerId}, ${to.referral?.id ?? null}, ${to.advocateId}, ${cause.eventId}, ${basis},
      ${JSON.stringify(freezeFacts(facts))}::jsonb, ${JSON.stringify(reasons)}::jsonb,
      ${scopeNow(tx)})
    ON CONFLICT (merchant_id, program_id, rule_id, cause_kind, cause_ref, customer_id)
    DO UPDATE SET event_id = EXCLUDED.event_id, basis = EXCLUDED.basis, facts = EXCLUDED.facts,
      reasons = EXCLUDED.reasons, decided_at = EXCLUDED.decided_at`;
  return {
    code: "reward_refused",
    message: refusalWords(reasons),
    ruleId: rule.id,
    reasons,
    ...(to.referral && { referralId: to.referral.id }),
    eventId: cause.eventId,
  };
}

function refusalWords(reasons: readonly Verdict[]): string {
  return reasons
    .filter(({ holds }) => !holds)
    .map(({ message }) => message)
    .join(" ");
}

/** Budgets of several programs are always locked in the order of programs. */
function inProgramOrder(grants: readonly EffectOf<"grant">[]): EffectOf<"grant">[] {
  return grants.toSorted((one, other) =>
    one.to.programId < other.to.programId ? -1 : one.to.programId > other.to.programId ? 1 : 0,
  );
}

async function noteAdvocates(tx: Tx, notes: readonly EffectOf<"note_advocate">[]): Promise<void> {
  if (notes.length === 0) return;
  await tx.db.$executeRaw`
    INSERT INTO advocate_due (merchant_id, advocate_id, kind, ref, noted_in, noted_at)
    SELECT ${tx.merchantId}, advocate_id, 'referral', ref, pg_current_xact_id()::text::bigint, now()
    FROM unnest(
      ${notes.map(({ advocateId }) => advocateId)}::text[],
      ${notes.map(({ referralId }) => referralId)}::text[]
    ) AS noted (advocate_id, ref)
    ON CONFLICT DO NOTHING`;
}

/**
 * Notes that orders changed for the advocates who have rewards of their second level for them: what
 * those are worth is settled with the advocate's own row locked.
 */
export async function noteOrders(
  { db, merchantId }: Tx,
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return;
  await db.$executeRaw`
    INSERT INTO advocate_due (merchant_id, advocate_id, kind, ref, noted_in, noted_at)
    SELECT DISTINCT w.merchant_id, a.id, 'order', w.event_id, pg_current_xact_id()::text::bigint,
      now()
    FROM reward w
    JOIN advocate a ON a.merchant_id = w.merchant_id AND a.program_id = w.program_id
      AND a.customer_id = w.customer_id
    WHERE w.merchant_id = ${merchantId} AND w.order_id = ANY(${[...orderIds]}::text[])
      AND w.cause_kind = 'second_level' AND w.event_id IS NOT NULL
    ON CONFLICT DO NOTHING`;
}
