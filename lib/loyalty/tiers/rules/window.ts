import { addDays, DAY_MS, dateInZone, startOfDateInZone } from "@/lib/core/time";
import type { TierWindow } from "../schema";

/** How long a tier counts: within the last so many days, or within the merchant's calendar year. */
export type TierPeriod = { window: TierWindow; windowDays: number; timeZone: string };
/**
 * Something that counts, when it happened, and how much of it still stands. Spending is no fact.
 */
export type TierFact = { at: Date; amount: bigint };

/** What counts within the window that ends at a moment. */
export class WindowCounter {
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
  return new WindowCounter(period, facts).valueAt(at.getTime());
}

/** The bounds of the window that ends at a moment; what lies on the first is outside. */
export function windowAt(period: TierPeriod, at: Date): { after: Date; upTo: Date } {
  return { after: new Date(new WindowCounter(period, []).windowStart(at.getTime())), upTo: at };
}
