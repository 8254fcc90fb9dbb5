/**
 * Stages of a sale that a touch may have brought about; the first touch is a milestone by itself.
 */
export type Milestone = "lead" | "opportunity" | "close";

export type Touch = {
  /** What receives the credit: a channel, a campaign or a type of touch, as the report asks. */
  channel: string;
  /** Days from the touch to the conversion, ≥ 0; needed by time decay only. */
  daysBefore?: number;
  /** Came without a source. A channel named "direct" is taken as such too. */
  direct?: boolean;
  milestones?: readonly Milestone[];
};

/**
 * One path of touches, oldest first, and what came of it. Equal paths may be given once with
 * counts. `nulls` counts the times the path led to no conversion; only Markov and Shapley by rate
 * use it. `value` is a plain number of one currency; use `apportion` to turn shares into whole
 * minor units.
 */
export type Journey = {
  touches: readonly Touch[];
  conversions: number;
  value: number;
  nulls?: number;
};

export type Credit = { channel: string; conversions: number; value: number };

/**
 * The credits and `unattributed` (journeys without touches) add up to all conversions and all
 * value.
 */
export type Attribution = {
  credits: Credit[];
  unattributed: { conversions: number; value: number };
};

/**
 * Shares of the touches of one journey, in their order; they sum to 1, and there are none without
 * touches.
 */
export type TouchModel = (touches: readonly Touch[]) => number[];

/**
 * Credits journeys by a model that looks at one journey at a time. Highest credit first, ties by
 * name. Throws RangeError for negative counts or unfinite numbers.
 */
export function creditTouches(journeys: Iterable<Journey>, model: TouchModel): Attribution {
  const sums = new CreditSums();
  for (const journey of journeys) {
    requireJourney(journey);
    const { touches, conversions, value } = journey;
    if (conversions === 0 && value === 0) {
      for (const { channel } of touches) sums.add(channel, 0, 0);
    } else if (touches.length === 0) {
      sums.addUnattributed(conversions, value);
    } else {
      const shares = model(touches);
      touches.forEach(({ channel }, i) => {
        const share = shares[i] as number;
        sums.add(channel, share * conversions, share * value);
      });
    }
  }
  return sums.result();
}

/** Adds credits up by channel. Every channel seen is listed, also those without credit. */
export class CreditSums {
  readonly #byChannel = new Map<string, Credit>();
  readonly #unattributed = { conversions: 0, value: 0 };

  add(channel: string, conversions: number, value: number): void {
    const credit = this.#byChannel.get(channel) ?? { channel, conversions: 0, value: 0 };
    credit.conversions += conversions;
    credit.value += value;
    this.#byChannel.set(channel, credit);
  }

  addUnattributed(conversions: number, value: number): void {
    this.#unattributed.conversions += conversions;
    this.#unattributed.value += value;
  }

  result(): Attribution {
    const credits = [...this.#byChannel.values()].sort(
      (a, b) => b.conversions - a.conversions || (a.channel < b.channel ? -1 : 1),
    );
    return { credits, unattributed: { ...this.#unattributed } };
  }
}

export function requireJourney({ conversions, value, nulls = 0 }: Journey): void {
  if (!(conversions >= 0 && nulls >= 0 && [conversions, value, nulls].every(Number.isFinite))) {
    throw new RangeError(`not a journey: ${JSON.stringify({ conversions, value, nulls })}`);
  }
}
