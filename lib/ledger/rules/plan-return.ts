/**
 * What came back into one lot of a balance: spent once, and returned by an undoing or from somebody
 * it had been handed to.
 */
export type ReturnedPart = {
  readonly lotId: string;
  /** The reward whose worth the lot is. */
  readonly rewardId: string | null;
  readonly minor: bigint;
  readonly isExpired: boolean;
};

/** What reversals of a reward could not take out of the reward's own lots, since it was spent. */
export type Shortfall = {
  readonly rewardId: string;
  /** Found nowhere: given up until it comes back. */
  readonly givenUp: bigint;
  /** Whether it had been spent when it was given up, whichever lot it came from. */
  readonly wasSpent: boolean;
  /** Claimed from the owner, whether or not that is paid by now. */
  readonly claimed: bigint;
  /** Taken from lots of other rewards. */
  readonly borrowed: bigint;
};

/** What is done with a part that came back. */
export type ReturnUse = {
  readonly lotId: string;
  readonly minor: bigint;
  /**
   * `recover`: goes back to the program of a reward, which had given it up. `repay`: pays what the
   * owner owes. `replace`: goes to what others stood in with for the reward of the lot.
   */
  readonly what: "recover" | "repay" | "replace";
  /**
   * The reward that recovers it, borrowed from the lot of another or out of its own; null for what
   * repays or replaces.
   */
  readonly recoveredBy: string | null;
  /** The reward of the lot, and how much of its stand-ins is made good. */
  readonly rewardId: string | null;
  readonly borrowed: bigint;
  readonly claimed: bigint;
};

type Part = { -readonly [key in keyof ReturnedPart]: ReturnedPart[key] };
type Gap = { -readonly [key in keyof Shortfall]: Shortfall[key] };

/**
 * Decides where value goes that comes back to a customer who had spent it, as if it had never been
 * spent: first to reversals that did not find it, then to what is owed. A lot of a reward that is
 * short never fills a balance again: what others stood in with for it is made good out of it. What
 * is expired goes only where its own reward is short; the rest of it expires.
 * @param owes what the owner owes, 0 or more
 * @returns what to do, in order; what is not named stays in its lot
 */
export function planReturn(
  parts: readonly ReturnedPart[],
  shortfalls: readonly Shortfall[],
  owes: bigint,
): ReturnUse[] {
  const planned = new PlannedReturn(parts, shortfalls);
  planned.recoverOwn();
  planned.recoverSpent();
  planned.repay(owes);
  planned.replace();
  return planned.uses;
}

class PlannedReturn {
  readonly uses: ReturnUse[] = [];
  private readonly parts: readonly Part[];
  private readonly gaps: ReadonlyMap<string | null, Gap>;
  /** What others recovered out of lots of a reward. */
  private readonly lentOn = new Map<string | null, bigint>();

  constructor(parts: readonly ReturnedPart[], shortfalls: readonly Shortfall[]) {
    this.parts = parts.map((part) => ({ ...part }));
    this.gaps = new Map(shortfalls.map((gap) => [gap.rewardId, { ...gap }]));
  }

  recoverOwn(): void {
    for (const part of this.parts) {
      const gap = this.gaps.get(part.rewardId);
      if (gap) this.recover(part, gap, least(part.minor, gap.givenUp));
    }
  }

  /** What was given up is found in any lot that had been spent by then, and borrowed from there. */
  recoverSpent(): void {
    for (const gap of this.gaps.values()) {
      if (!gap.wasSpent) continue;
      for (const part of this.parts) {
        const minor = least(this.usable(part), gap.givenUp);
        // What stood in for the part's own reward stands in still: the part is only lent on, and
        // is made good when it comes back.
        this.recover(part, gap, minor);
        gap.borrowed += minor;
        this.lentOn.set(part.rewardId, (this.lentOn.get(part.rewardId) ?? 0n) + minor);
      }
    }
  }

  /** Each lot pays the claim on its own reward first, even with what is expired. */
  repay(owes: bigint): void {
    let owed = owes;
    for (const part of this.parts) {
      const claimed = least(least(part.minor, owed), this.gaps.get(part.rewardId)?.claimed ?? 0n);
      owed -= claimed;
      this.use(part, claimed, "repay", { borrowed: 0n, claimed });
    }
    for (const part of this.parts) {
      const minor = least(this.usable(part), owed);
      owed -= minor;
      this.use(part, minor, "repay", this.madeGood(part, minor));
    }
  }

  replace(): void {
    for (const part of this.parts) {
      const minor = least(part.minor, this.standIns(part));
      this.use(part, minor, "replace", this.madeGood(part, minor));
    }
  }

  private recover(part: Part, gap: Gap, minor: bigint): void {
    gap.givenUp -= minor;
    this.use(part, minor, "recover", NONE, gap.rewardId);
  }

  private use(
    part: Part,
    minor: bigint,
    what: ReturnUse["what"],
    standIns: StandIns,
    recoveredBy: string | null = null,
  ): void {
    if (minor === 0n) return;
    const { lotId, rewardId } = part;
    const gap = this.gaps.get(rewardId);
    part.minor -= minor;
    if (gap) {
      gap.borrowed -= standIns.borrowed;
      gap.claimed -= standIns.claimed;
    }
    this.uses.push({ lotId, minor, what, recoveredBy, rewardId, ...standIns });
  }

  /** What may be used for more than its own reward: all of it, or what others stood in with. */
  private usable(part: Part): bigint {
    if (!part.isExpired) return part.minor;
    const standIns = this.standIns(part) - (this.lentOn.get(part.rewardId) ?? 0n);
    return standIns > 0n ? least(part.minor, standIns) : 0n;
  }

  private standIns({ rewardId }: Part): bigint {
    const gap = this.gaps.get(rewardId);
    return gap ? gap.borrowed + gap.claimed : 0n;
  }

  /** What was borrowed is made good before what was claimed. */
  private madeGood({ rewardId }: Part, minor: bigint): StandIns {
    const gap = this.gaps.get(rewardId);
    if (!gap) return NONE;
    const borrowed = least(minor, gap.borrowed);
    return { borrowed, claimed: least(minor - borrowed, gap.claimed) };
  }
}

type StandIns = Pick<ReturnUse, "borrowed" | "claimed">;
const NONE: StandIns = { borrowed: 0n, claimed: 0n };

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
