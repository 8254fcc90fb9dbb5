import { addDays, DAY_MS, dateInZone, startOfDateInZone } from "@/lib/core/time";
import type { TierMetric, TierWindow } from "../schema";

/** How long a tier counts: within the last so many days, or within the merchant's calendar year. */
export type TierPeriod = { window: TierWindow; windowDays: number; timeZone: string };
export type TierRules = TierPeriod & {
  metric: TierMetric;
  graceDays: number;
  /** Lowest first; thresholds rise. */
  tiers: readonly { id: string; threshold: bigint }[];
};

/**
 * Something that counts, when it happened, and how much of it still stands. Spending is no fact.
 */
export type TierFact = { at: Date; amount: bigint };

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
export type TierStepReason = "reached" | "renewed" | "lapsed" | "taken_back" | "rules_changed";
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
  private readonly count: Counter;

  constructor(
    private readonly rules: TierRules,
    facts: readonly TierFact[],
    now: Date,
  ) {
    this.count = new Counter(
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

/** What counts within the window that ends at a moment. */
class Counter {
  readonly moments: number[] = [];
  /** `sums[i]`: everything before `moments[i]`. */
  private readonly sums: bigint[] = [0n];
  private readonly years = new Map<string, number>();

  constructor(
    private readonly period: TierPeriod,
    facts: readonly TierFact[],
  ) {
    for (const { at, amount } of [...facts].sort((a, b) => a.at.getTime() - b.at.getTime())) {
      const last = this.moments.length - 1;
      if (this.moments[last] === at.getTime()) this.sums[last + 1]! += amount;
      else {
        this.moments.push(at.getTime());
        this.sums.push(this.sums[last + 1]! + amount);
      }
    }
  }

  valueAt(at: number): bigint {
    return this.sums[this.countUpTo(at)]! - this.sums[this.countUpTo(this.windowStart(at))]!;
  }

  /** The sum of what came after one moment, up to another. */
  between(after: number, upTo: number): bigint {
    return this.sums[this.countUpTo(upTo)]! - this.sums[this.countUpTo(after)]!;
  }

  keepUntil(earnedAt: number): number {
    if (this.period.window === "rolling")
      return addDays(new Date(earnedAt), this.period.windowDays).getTime();
    return this.yearStart(this.yearOf(earnedAt) + 2);
  }

  /**
   * The moment whose window decides about what ends at `at`: by the calendar that of the year which
   * ends then.
   */
  lastMomentBefore(at: number): number {
    return this.period.window === "rolling" ? at : at - 1;
  }

  lastYearOf(at: number): number | null {
    return this.period.window === "rolling" ? null : this.yearStart(this.yearOf(at)) - 1;
  }

  /** The last moment that is not within the window of `at`. */
  windowStart(at: number): number {
    return this.period.window === "rolling"
      ? at - this.period.windowDays * DAY_MS
      : this.yearStart(this.yearOf(at)) - 1;
  }

  private yearOf(at: number): number {
    return Number(dateInZone(new Date(at), this.period.timeZone).slice(0, 4));
  }

  private yearStart(year: number): number {
    const date = `${String(year).padStart(4, "0")}-01-01`;
    const known = this.years.get(date) ?? startOfDateInZone(date, this.period.timeZone).getTime();
    this.years.set(date, known);
    return known;
  }

  /** How many moments are not after `at`, by bisection. */
  private countUpTo(at: number): number {
    let [low, high] = [0, this.moments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.moments[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What counts in the window that ends at a moment, that moment included. */
export function valueAt(period: TierPeriod, facts: readonly TierFact[], at: Date): bigint {
  return new Counter(period, facts).valueAt(at.getTime());
}

/** The bounds of the window that ends at a moment; what lies on the first is outside. */
export function windowAt(period: TierPeriod, at: Date): { after: Date; upTo: Date } {
  return { after: new Date(new Counter(period, []).windowStart(at.getTime())), upTo: at };
}

/**
 * The time that a customer is promised: how a stored standing was earned, and what counts for that
 * now.
 */
export type EarnedUnder = {
  metric: TierMetric;
  window: TierWindow;
  windowDays: number;
  threshold: bigint;
};

/**
 * Whether a tier that the rules of today would not give stays for the time that was promised with
 * it: an edit of the rules takes it from nobody early, only facts do that.
 * @param facts what counts under the rules that it was earned under
 */
export function keepsPromise(
  stored: CustomerTier & { earnedUnder: EarnedUnder },
  facts: readonly TierFact[],
  timeZone: string,
  now: Date,
): boolean {
  if (now >= stored.graceUntil) return false;
  return (
    valueAt({ ...stored.earnedUnder, timeZone }, facts, stored.earnedAt) >=
    stored.earnedUnder.threshold
  );
}

/** Whether a standing was earned under other rules than those of its tier today. */
export function earnedOtherwise(
  earnedUnder: EarnedUnder,
  rules: TierRules,
  tierId: string,
): boolean {
  const tier = rules.tiers.find(({ id }) => id === tierId);
  return (
    tier?.threshold !== earnedUnder.threshold ||
    rules.metric !== earnedUnder.metric ||
    rules.window !== earnedUnder.window ||
    (rules.window === "rolling" && rules.windowDays !== earnedUnder.windowDays)
  );
}

/**
 * The steps that lead from what is on record to where the facts lead now. Where the facts' own
 * history goes on from the last step, its steps; where the past turned out different (late facts, a
 * reversal), one step that says so.
 * @param last the newest step on record
 */
export function stepsSince(
  last: { at: Date; toId: string | null } | null,
  result: { customerTier: CustomerTier | null; changes: readonly TierChange[] },
  { why, value, now }: { why: "facts" | "rules"; value: bigint; now: Date },
  rankOf: (tierId: string) => number,
): TierChange[] {
  const known = last?.toId ?? null;
  const past = result.changes.findLast(({ at }) => last !== null && at <= last.at);
  if ((past?.toId ?? null) === known)
    return result.changes.filter(({ at }) => last === null || at > last.at);
  const final = result.customerTier?.tierId ?? null;
  if (final === known) return [];
  const rises = final !== null && (known === null || rankOf(final) > rankOf(known));
  if (rises)
    return [
      { at: result.customerTier!.reachedAt, fromId: known, toId: final, reason: "reached", value },
    ];
  return [
    {
      at: now,
      fromId: known,
      toId: final,
      reason: why === "rules" ? "rules_changed" : "taken_back",
      value,
    },
  ];
}

export type TierProgress = {
  /** What counts now. */
  value: bigint;
  next: { tierId: string; threshold: bigint; remaining: bigint } | null;
  /**
   * Null without a tier. `remaining`: what is still missing to keep it for longer; 0 when that is
   * done.
   */
  keep: { until: Date; inGrace: boolean; graceUntil: Date; remaining: bigint } | null;
};

/** How far it is to the next tier, and what keeps the present one. */
export function progressOf(
  rules: TierRules,
  facts: readonly TierFact[],
  customerTier: CustomerTier | null,
  now: Date,
): TierProgress {
  const counter = new Counter(
    rules,
    facts.filter(({ at }) => at <= now),
  );
  const value = counter.valueAt(now.getTime());
  const rank = rules.tiers.findIndex(({ id }) => id === customerTier?.tierId);
  const next = rules.tiers[rank + 1];
  return {
    value,
    next: next
      ? { tierId: next.id, threshold: next.threshold, remaining: positive(next.threshold - value) }
      : null,
    keep:
      customerTier && rank >= 0
        ? keepOf(counter, rules.tiers[rank]!.threshold, customerTier, now)
        : null,
  };
}

function keepOf(
  counter: Counter,
  threshold: bigint,
  { keepUntil, graceUntil }: CustomerTier,
  now: Date,
): TierProgress["keep"] {
  const inGrace = now >= keepUntil;
  const end = inGrace ? now.getTime() : counter.lastMomentBefore(keepUntil.getTime());
  const counted = counter.between(counter.windowStart(end), now.getTime());
  return { until: keepUntil, inGrace, graceUntil, remaining: positive(threshold - counted) };
}

function positive(value: bigint): bigint {
  return value > 0n ? value : 0n;
}
