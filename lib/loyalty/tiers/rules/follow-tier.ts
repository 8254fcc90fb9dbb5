import { DAY_MS } from "@/lib/core/time";
import type { TierMetric } from "../schema";
import { type TierFact, type TierPeriod, WindowCounter } from "./window";

export type TierRules = TierPeriod & {
  metric: TierMetric;
  graceDays: number;
  /** Lowest first; thresholds rise. */
  tiers: readonly { id: string; threshold: bigint }[];
};

export type CustomerTier = {
  tierId: string;
  reachedAt: Date;
  earnedAt: Date;
  keepUntil: Date;
  graceUntil: Date;
};

/**
 * reached: by what counted. renewed: earned again by its end. lapsed: not earned again by the end
 * of the grace period.
 */
type TierStepReason = "reached" | "renewed" | "lapsed" | "taken_back" | "rules_changed";
export type TierChange = {
  at: Date;
  fromId: string | null;
  toId: string | null;
  reason: TierStepReason;
  value: bigint;
};

/**
 * Where the facts on record lead under the rules, from the first of them up to `now`, and by which
 * steps. It reads nothing but its arguments, so the order in which facts became known does not
 * matter, and what was reversed never was.
 *
 * A tier is reached at the fact that fills its threshold. It is kept for one window from then (by
 * the calendar: to the end of the next year). At that end it is renewed if what counted within the
 * window carries it; else it stays for the grace period, in which it can still be earned again, and
 * then falls to what the customer does qualify for.
 */
export function follow(
  rules: TierRules,
  facts: readonly TierFact[],
  now: Date,
): { customerTier: CustomerTier | null; changes: TierChange[] } {
  const walk = new Walk(rules, facts, now);
  for (const at of walk.moments) {
    walk.passDeadlines(at);
    walk.meetFact(at);
  }
  walk.passDeadlines(now.getTime());
  return { customerTier: walk.customerTier(), changes: walk.changes };
}

type Held = {
  rank: number;
  reachedAt: number;
  earnedAt: number;
  keepUntil: number;
  graceUntil: number;
  inGrace: boolean;
};

class Walk {
  readonly changes: TierChange[] = [];
  readonly moments: number[];
  private held: Held | null = null;
  private readonly count: WindowCounter;

  constructor(
    private readonly rules: TierRules,
    facts: readonly TierFact[],
    now: Date,
  ) {
    this.count = new WindowCounter(
      rules,
      facts.filter(({ at }) => at <= now),
    );
    this.moments = this.count.moments;
  }

  /** Everything that ends up to a moment, in its order. */
  passDeadlines(until: number): void {
    while (this.held !== null) {
      const { inGrace, keepUntil, graceUntil } = this.held;
      if (inGrace ? graceUntil > until : keepUntil > until) return;
      if (inGrace) this.fall(this.held);
      else this.renewOrWait(this.held);
    }
  }

  meetFact(at: number): void {
    const value = this.count.valueAt(at);
    const rank = this.rankFor(value);
    const before = this.held;
    if (rank > (before?.rank ?? -1)) this.take(rank, at, at, "reached", at, value);
    else if (before?.inGrace && rank === before.rank)
      this.take(rank, before.reachedAt, at, "renewed", at, value);
  }

  customerTier(): CustomerTier | null {
    if (!this.held) return null;
    const { rank, reachedAt, earnedAt, keepUntil, graceUntil } = this.held;
    return {
      tierId: this.idOf(rank)!,
      reachedAt: new Date(reachedAt),
      earnedAt: new Date(earnedAt),
      keepUntil: new Date(keepUntil),
      graceUntil: new Date(graceUntil),
    };
  }

  private renewOrWait(held: Held): void {
    const basis = this.count.lastMomentBefore(held.keepUntil);
    const value = this.count.valueAt(basis);
    if (value >= this.rules.tiers[held.rank]!.threshold)
      this.take(held.rank, held.reachedAt, basis, "renewed", held.keepUntil, value);
    else this.held = { ...held, inGrace: true };
  }

  private fall(held: Held): void {
    const at = held.graceUntil;
    // By the calendar the year before carries a lower tier through this one.
    const bases = [at, this.count.lastYearOf(at)].filter((basis) => basis !== null);
    const best = bases
      .map((basis) => ({
        basis,
        rank: Math.min(this.rankFor(this.count.valueAt(basis)), held.rank - 1),
      }))
      .reduce((left, right) => (right.rank > left.rank ? right : left));
    if (best.rank >= 0)
      return this.take(best.rank, at, best.basis, "lapsed", at, this.count.valueAt(best.basis));
    this.changes.push({
      at: new Date(at),
      fromId: this.idOf(held.rank),
      toId: null,
      reason: "lapsed",
      value: this.count.valueAt(at),
    });
    this.held = null;
  }

  private take(
    rank: number,
    reachedAt: number,
    earnedAt: number,
    reason: TierStepReason,
    at: number,
    value: bigint,
  ): void {
    this.changes.push({
      at: new Date(at),
      fromId: this.idOf(this.held?.rank ?? -1),
      toId: this.idOf(rank),
      reason,
      value,
    });
    const keepUntil = this.count.keepUntil(earnedAt);
    const graceUntil = keepUntil + this.rules.graceDays * DAY_MS;
    this.held = { rank, reachedAt, earnedAt, keepUntil, graceUntil, inGrace: false };
  }

  /** The highest tier that a value reaches; -1 for none. */
  private rankFor(value: bigint): number {
    return this.rules.tiers.findLastIndex(({ threshold }) => value >= threshold);
  }

  private idOf(rank: number): string | null {
    return this.rules.tiers[rank]?.id ?? null;
  }
}
