import { noteScores } from "@/lib/loyalty/leaderboards/commands/update-scores";
import type { Tx } from "@/lib/merchants/scope";
import { stepReferrals } from "@/lib/referrals/commands";
import { isQualified } from "@/lib/referrals/rules";
import {
  completeReferrals,
  countQualified,
  grantRewards,
  type GrantOptions,
  type GrantResult,
  markRewarded,
  reverseReward,
  reviseReward,
} from "@/lib/rewards/commands";
import { basisOf } from "@/lib/rewards/rules/basis";
import type { RewardState } from "@/lib/rewards/schema";
import type { Verdict } from "@/lib/terms/kinds/condition";
import type { Decision } from "../decide/decision";
import type { Effect } from "../decide/effects";
import { lockUndone } from "./lock-undone";
import { noteAdvocates } from "./notes";
import { leaveRefusals, type Refusal } from "./refusals";

/** What is behind the effects: `key` is unique per cause, and what is undone is dated by it. */
export type EffectCause = { key: string; at: Date };

/** Effects of one cause, as they were decided together. */
export type Batch = { effects: readonly Effect[]; cause: EffectCause };

/** A decision, and the event that it is about; null where that is not on record. */
export type Decided = Decision & { eventId: string | null };

type EffectOf<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>;

/** An effect and the number of its batch; a decision and the number of the batch that it is of. */
type Numbered<Kind extends Effect["kind"]> = { batch: number; cause: EffectCause } & {
  effect: EffectOf<Kind>;
};
type Told = { batch: number; decided: Decided };

/**
 * Carries out what was decided, all batches in the written order of locks: referrals, rewards,
 * budgets, advocates, ledger. What makes room under limits comes before what takes it, and grants
 * follow each other in the order of the batches. Most of it is left to be written with what else
 * waits; reversals and changes are carried out one by one.
 * @param options see `grantRewards`
 * @returns the decisions of each batch in plain words
 */
export async function writeEffects(
  tx: Tx,
  batches: readonly Batch[],
  options: GrantOptions = {},
): Promise<Decided[][]> {
  const of = <Kind extends Effect["kind"]>(kind: Kind) =>
    batches.flatMap(({ effects, cause }, batch) =>
      effects.flatMap((effect) =>
        effect.kind === kind ? [{ batch, cause, effect: effect as EffectOf<Kind> }] : [],
      ),
    );
  const [grants, reversals, changes] = [of("grant"), of("reverse"), of("change")];
  const stepped = takeSteps(tx, of("step_referral"));
  const undoneIds = [
    ...reversals.map(({ effect }) => effect.reward.id),
    ...changes.map(({ effect }) => effect.change.reward.id),
    ...grants.flatMap(({ effect }) => effect.due.kept?.id ?? []),
  ];
  await lockUndone(
    tx,
    undoneIds,
    grants.map(({ effect }) => effect.to),
  );
  const undone: Told[] = [];
  for (const one of reversals) undone.push(await reverse(tx, one));
  for (const one of changes) undone.push(await change(tx, one));
  const refusals = of("refuse");
  const results = await grantRewards(
    tx,
    grants.map(({ effect: { due, to } }) => ({ due, to })),
    options,
  );
  leaveRefusals(tx, [
    ...refusals.map(({ effect }) => effect),
    ...grants.flatMap(({ effect }, place) => refusedIn(effect, results[place]!)),
  ]);
  await complete(tx, of("complete"), statesOf(grants, results));
  noteAdvocates(
    tx,
    of("note_advocate").map(({ effect }) => effect),
  );
  noteScores(
    tx,
    batches.flatMap(({ effects }) => effects.flatMap(scoredBy)),
  );
  const told = [
    ...stepped,
    ...undone,
    ...refusals.map(({ batch, effect }) => ({ batch, decided: refused(effect) })),
    ...grants.map(({ batch, effect }, place) => ({
      batch,
      decided: grantDecided(effect, results[place]!),
    })),
  ];
  const decisions: Decided[][] = batches.map(() => []);
  for (const { batch, decided } of told) decisions[batch]!.push(decided);
  return decisions;
}

/** Whose score an effect may change: the owner's of a reward, and a friend's advocate's by them. */
function scoredBy(effect: Effect): string[] {
  if (effect.kind === "step_referral") return [effect.referral.friendId];
  if (effect.kind === "grant") return [effect.due.customerId];
  if (effect.kind === "reverse") return [effect.reward.customerId];
  return effect.kind === "change" ? [effect.change.reward.customerId] : [];
}

function takeSteps(tx: Tx, steps: readonly Numbered<"step_referral">[]): Told[] {
  const told: Told[] = [];
  for (const { batch, effect } of steps) {
    const { referral, step } = effect;
    const { to, reason, at, eventId } = step;
    stepReferrals(tx, [{ referralId: referral.id, state: to, reason, at, eventId }]);
    const was = isQualified(referral.state);
    const is = isQualified(to);
    if (was !== is) countQualified(tx, { advocateId: referral.advocateId, by: is ? 1 : -1, at });
    const message = `The referral is ${to}.`;
    const decided: Decided = {
      code: `referral_${to}`,
      message,
      referralId: referral.id,
      reason,
      eventId,
    };
    told.push({ batch, decided });
  }
  return told;
}

async function reverse(tx: Tx, { batch, effect, cause }: Numbered<"reverse">): Promise<Told> {
  const { reward, because } = effect;
  await reverseReward(tx, reward.id, because, cause);
  const decided: Decided = {
    code: "reward_reversed",
    message: `A reward was ${reward.state === "held" ? "voided" : "reversed"}.`,
    ruleId: reward.ruleId,
    rewardId: reward.id,
    reason: because,
    eventId: null,
  };
  return { batch, decided };
}

const REVISION_WORDS = {
  moved: "A reward rests on another purchase now.",
  reduced: "Part of a reward was reversed.",
  raised: "A reward was raised.",
} as const;

async function change(tx: Tx, { batch, effect, cause }: Numbered<"change">): Promise<Told> {
  const { reward, due } = effect.change;
  const revision = await reviseReward(tx, effect.change, cause);
  const decided: Decided = {
    code: `reward_${revision}`,
    message: REVISION_WORDS[revision],
    ruleId: reward.ruleId,
    rewardId: reward.id,
    eventId: due.cause.eventId,
  };
  return { batch, decided };
}

function grantDecided(effect: EffectOf<"grant">, result: GrantResult): Decided {
  const [refusal] = refusedIn(effect, result);
  if (refusal) return refused(refusal);
  const { due, to } = effect;
  return {
    code: "reward_granted",
    message: `A reward for the ${due.rule.side}.`,
    ruleId: due.rule.id,
    ...(result.outcome === "granted" && { rewardId: result.rewardId }),
    ...(to.referral && { referralId: to.referral.id }),
    eventId: due.cause.eventId,
  };
}

function refusedIn({ due, to }: EffectOf<"grant">, result: GrantResult): Refusal[] {
  if (result.outcome === "granted") return [];
  return [{ due, to, basis: basisOf(due), reasons: result.reasons }];
}

function refused({ due, to, reasons }: Refusal): Decided {
  return {
    code: "reward_refused",
    message: refusalWords(reasons),
    ruleId: due.rule.id,
    reasons,
    ...(to.referral && { referralId: to.referral.id }),
    eventId: due.cause.eventId,
  };
}

function refusalWords(reasons: readonly Verdict[]): string {
  return reasons
    .filter(({ holds }) => !holds)
    .map(({ message }) => message)
    .join(" ");
}

/** The states of what was granted just now, by referral; null for what was restored. */
function statesOf(
  grants: readonly Numbered<"grant">[],
  results: readonly GrantResult[],
): ReadonlyMap<string, (RewardState | null)[]> {
  const states = new Map<string, (RewardState | null)[]>();
  for (const [place, { effect }] of grants.entries()) {
    const result = results[place]!;
    if (!effect.to.referral || result.outcome === "refused") continue;
    const { id } = effect.to.referral;
    const theirs = states.get(id);
    if (theirs) theirs.push(result.state);
    else states.set(id, [result.state]);
  }
  return states;
}

/** Where all of a referral's rewards are known, nothing is asked. */
async function complete(
  tx: Tx,
  completions: readonly Numbered<"complete">[],
  granted: ReadonlyMap<string, readonly (RewardState | null)[]>,
): Promise<void> {
  const done: string[] = [];
  const unknown: string[] = [];
  for (const { effect } of completions) {
    const { referralId, before } = effect;
    const states = [...(before ?? []), ...(granted.get(referralId) ?? [])];
    if (before === null || states.includes(null)) unknown.push(referralId);
    else if (!states.includes("held") && states.some(isReleased)) done.push(referralId);
  }
  markRewarded(tx, done);
  await completeReferrals(tx, unknown);
}

function isReleased(state: RewardState | null): boolean {
  return state === "available" || state === "issued" || state === "used";
}
