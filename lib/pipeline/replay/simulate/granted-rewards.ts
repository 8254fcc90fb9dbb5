import type { Effect } from "@/lib/pipeline/decide/effects";
import { basisOf } from "@/lib/rewards/rules/basis";
import { decideGrant, freezeTerms } from "@/lib/rewards/rules/decision";
import { type LimitUse, limitUse, patternsOf } from "@/lib/rewards/rules/limit-use";
import { shareOfCost } from "@/lib/rewards/rules/reversal";
import type {
  Change,
  DueReward,
  GrantTo,
  RefusalRecord,
  RewardRecord,
  Wanted,
} from "@/lib/rewards/rules/settle";
import {
  type ReversalReason,
  REVERSAL_STEP_REASONS,
  rewardReasonWords,
} from "@/lib/rewards/schema";
import { causeText } from "@/lib/terms/facts/causes";
import type { Verdict } from "@/lib/terms/kinds/condition";
import { costOf } from "@/lib/terms/rules/worth";
import type { Terms } from "@/lib/terms/schema";
import type { Moment, Past } from "../read/past";
import { counted, type Kept, keyOf, leftOf, refusalWords, type RunReward } from "./run-reward";

type RewardEffect = Extract<Effect, { kind: "grant" | "refuse" | "reverse" | "change" }>;

/**
 * The rewards that a run has granted, and what they use of the limits: for a run, what the tables
 * of rewards and the ledger are for the pipeline. Reversals recover everything: what people would
 * have spent by then is not known.
 */
export class GrantedRewards {
  readonly #rewards = new Map<string, Kept>();
  readonly #refusals = new Map<string, Refused>();
  /** Keys of rewards and refusals, by the referral or, without one, the person they are of. */
  readonly #keys = new Map<string, Set<string>>();
  readonly #granted: ReadonlySet<string>;
  readonly #limits: LimitUse;

  readonly #terms: Terms;

  constructor({ timeZone, granted }: Pick<Past, "timeZone" | "granted">, terms: Terms) {
    this.#granted = granted;
    this.#terms = terms;
    const patterns = patternsOf(terms.rules.map((rule) => ({ terms, rule })));
    this.#limits = limitUse(patterns, timeZone);
  }

  /** By "<rule> <cause> <customer>". */
  get rewards(): ReadonlyMap<string, RunReward> {
    return this.#rewards;
  }

  /** Why a reward was not granted when it was last due, by the same keys. */
  get refusals(): ReadonlyMap<string, string> {
    return new Map([...this.#refusals].map(([key, { words }]) => [key, words]));
  }

  /**
   * What was decided before, as settling wants it.
   * @param of a referral's id, or that of a customer for their own actions
   */
  recordsOf(of: string): { rewards: RewardRecord[]; refusals: RefusalRecord[] } {
    const keys = [...(this.#keys.get(of) ?? [])];
    return {
      rewards: keys.flatMap((key) => this.#rewards.get(key)?.record ?? []),
      refusals: keys.flatMap((key) => this.#refusals.get(key) ?? []),
    };
  }

  /** Carries out what was decided: what makes room under limits comes first. */
  carryOut(effects: readonly RewardEffect[]): void {
    for (const effect of effects) {
      switch (effect.kind) {
        case "reverse":
          this.#reverse(effect.reward, effect.because);
          break;
        case "change":
          this.#change(effect.change);
          break;
        case "refuse":
          this.#refuse(effect.due, effect.to, effect.reasons);
          break;
        case "grant":
          this.#grant(effect.due, effect.to);
      }
    }
  }

  /** Counts what a reward that no run decides has used of the limits, or has freed again. */
  countUse(use: Extract<Moment, { kind: "limit_use" }>): void {
    const { ruleId, customerId, advocateId, earnedAt: at, rewards, costMinor } = use;
    this.#limits.count({ ruleId, customerId, advocateId, at }, rewards, costMinor);
  }

  #grant(due: Wanted, to: GrantTo): void {
    const { rule, causeRef, cause, customerId, facts, price } = due;
    const key = keyOf({ ruleId: rule.id, causeRef, customerId });
    // Rewards from before the range stand in every run.
    if (this.#granted.has(key)) return;
    const counted = {
      ruleId: rule.id,
      customerId,
      advocateId: rule.side === "advocate" ? to.advocateId : null,
      at: cause.at,
    };
    const limits = this.#limits.limitsFor(this.#terms, rule, counted);
    const chosen = decideGrant(rule, facts, cause, price, limits);
    if (!chosen.granted) return this.#refuse(due, to, chosen.reasons);
    const { amount, costMinor } = chosen.worth;
    const record: RewardRecord = {
      id: key,
      ruleId: rule.id,
      causeRef,
      customerId,
      referralId: to.referral?.id ?? null,
      eventId: cause.eventId,
      orderId: cause.order?.orderId ?? null,
      state: "held",
      reversalReason: null,
      amountMinor: amount?.minor ?? null,
      reversedMinor: 0n,
      recoveredMinor: 0n,
      terms: freezeTerms(rule, to.terms, chosen, price) as RewardRecord["terms"],
      facts,
    };
    this.#rewards.set(key, {
      ...counted,
      record,
      side: rule.side,
      causeKey: causeText(causeRef),
      advocateId: to.advocateId,
      referralId: record.referralId,
      orderId: record.orderId,
      benefit: chosen.benefit.kind,
      asset: amount?.asset ?? null,
      amountMinor: record.amountMinor,
      reversedMinor: 0n,
      costMinor,
      reversedFor: null,
    });
    this.#refusals.delete(key);
    this.#note(key, record);
    this.#limits.count(counted, 1, costMinor);
  }

  #refuse(due: DueReward, to: GrantTo, reasons: readonly Verdict[]): void {
    const { rule, causeRef, customerId } = due;
    const key = keyOf({ ruleId: rule.id, causeRef, customerId });
    const referralId = to.referral?.id ?? null;
    this.#refusals.set(key, {
      ruleId: rule.id,
      causeRef,
      customerId,
      basis: basisOf(due),
      words: refusalWords(reasons),
    });
    this.#note(key, { customerId, referralId, causeRef });
  }

  #note(key: string, of: Pick<RewardRecord, "customerId" | "referralId" | "causeRef">): void {
    const isOfReferral = of.referralId !== null && of.causeRef.kind !== "second_level";
    const owner = isOfReferral ? of.referralId! : of.customerId;
    this.#keys.set(owner, (this.#keys.get(owner) ?? new Set<string>()).add(key));
  }

  #reverse({ id }: RewardRecord, because: ReversalReason): void {
    const reward = this.#rewards.get(id)!;
    const { costMinor, record } = reward;
    const gone = record.amountMinor ?? 0n;
    this.#limits.count(counted(reward), -1, -costMinor);
    this.#rewards.set(id, {
      ...reward,
      costMinor: 0n,
      reversedMinor: gone,
      reversedFor: rewardReasonWords(REVERSAL_STEP_REASONS[because]),
      record: {
        ...record,
        state: "voided",
        reversalReason: because,
        reversedMinor: gone,
        recoveredMinor: gone,
      },
    });
  }

  #change({ reward: { id }, due: { cause }, facts, worthMinor }: Change): void {
    const reward = this.#rewards.get(id)!;
    const left = leftOf(reward);
    const costMinor =
      worthMinor === null || left === null
        ? reward.costMinor
        : worthMinor < left
          ? reward.costMinor - shareOfCost(reward.costMinor, left - worthMinor, left)
          : reward.costMinor +
            costOf(
              { minor: worthMinor - left, asset: reward.asset! },
              reward.record.terms.pointCostMilli,
            );
    const now = {
      amountMinor: worthMinor === null ? reward.amountMinor : reward.reversedMinor + worthMinor,
      orderId: cause.order?.orderId ?? null,
    };
    this.#limits.count(counted(reward), -1, -reward.costMinor);
    const changed: Kept = {
      ...reward,
      ...now,
      at: cause.at,
      costMinor,
      record: { ...reward.record, ...now, eventId: cause.eventId, facts },
    };
    this.#rewards.set(id, changed);
    this.#limits.count(counted(changed), 1, costMinor);
  }
}

type Refused = RefusalRecord & { words: string };
