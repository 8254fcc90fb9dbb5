import { type Attribution, CreditSums, type Journey, requireJourney } from "../journey";
import { EXACT_PLAYERS, exactShapley, sampledShapley } from "./shapley-value";

export type ShapleyAttribution = Attribution & {
  method: "exact" | "sampled";
  /** By channel: half-width of the 95 % interval of its credited conversions; 0 where exact. */
  errorBounds: Record<string, number>;
};

export type ShapleyOptions = {
  /**
   * What a coalition of channels is worth. "conversions": the conversions of journeys that touched
   * no other channel. "conversion_rate": their share among all such journeys, converting or not; it
   * tells a channel that is merely always there from one that helps, and may give negative credit.
   */
  worth?: "conversions" | "conversion_rate";
  samples?: number;
  seed?: number | string;
};

type Coalition = { channels: number[]; conversions: number; value: number; journeys: number };

/**
 * Shapley attribution (Zhao, Mahboobi & Bagheri 2018) over the distinct channels of each journey;
 * order and repeats do not matter. Worth by conversions is additive over journeys, so each
 * journey's credit is shared alike by its channels: exact for any number. Worth by rate is exact up
 * to 12 channels and sampled beyond (seeded), with its error bound. Credits sum to the conversions
 * and to the value.
 */
export function shapley(
  journeys: readonly Journey[],
  { worth = "conversions", samples = 2000, seed = "shapley" }: ShapleyOptions = {},
): ShapleyAttribution {
  const sums = new CreditSums();
  const index = new Map<string, number>();
  const coalitions = new Map<string, Coalition>();
  for (const journey of journeys) {
    requireJourney(journey);
    const names = [...new Set(journey.touches.map(({ channel }) => channel))].sort();
    if (names.length === 0) sums.addUnattributed(journey.conversions, journey.value);
    for (const name of names) {
      if (!index.has(name)) index.set(name, index.size);
      sums.add(name, 0, 0);
    }
    if (names.length > 0)
      gather(
        coalitions,
        names.map((name) => index.get(name) as number),
        journey,
      );
  }
  const channels = [...index.keys()];
  const sets = [...coalitions.values()];
  const bounds = channels.map(() => 0);
  const conversions = sets.reduce((sum, set) => sum + set.conversions, 0);
  if (worth === "conversions" || conversions === 0) {
    for (const set of sets) {
      const share = 1 / set.channels.length;
      for (const c of set.channels)
        sums.add(channels[c] as string, share * set.conversions, share * set.value);
    }
    return { ...sums.result(), method: "exact", errorBounds: byName(channels, bounds) };
  }

  const value = sets.reduce((sum, set) => sum + set.value, 0);
  const all = sets.reduce((sum, set) => sum + set.journeys, 0);
  const exact = channels.length <= EXACT_PLAYERS;
  const shares = exact
    ? exactShapley(channels.length, rateOf(sets)).map((phi) => ({ value: phi, errorBound: 0 }))
    : sampledShapley(channels.length, ratesAlong(sets, channels.length), { seed, samples });
  shares.forEach((phi, c) => {
    // The rate of all channels together is conversions / all: scaled so that it is 1.
    const share = (phi.value * all) / conversions;
    sums.add(channels[c] as string, share * conversions, share * value);
    bounds[c] = phi.errorBound * all;
  });
  return {
    ...sums.result(),
    method: exact ? "exact" : "sampled",
    errorBounds: byName(channels, bounds),
  };
}

function gather(coalitions: Map<string, Coalition>, channels: number[], journey: Journey): void {
  const key = channels.join(",");
  const set = coalitions.get(key) ?? { channels, conversions: 0, value: 0, journeys: 0 };
  set.conversions += journey.conversions;
  set.value += journey.value;
  set.journeys += journey.conversions + (journey.nulls ?? 0);
  coalitions.set(key, set);
}

function rateOf(sets: readonly Coalition[]): (coalition: number) => number {
  const masks = sets.map((set) => set.channels.reduce((mask, c) => mask | (1 << c), 0));
  return (coalition) => {
    let conversions = 0;
    let journeys = 0;
    sets.forEach((set, i) => {
      if (((masks[i] as number) & ~coalition) !== 0) return;
      conversions += set.conversions;
      journeys += set.journeys;
    });
    return journeys > 0 ? conversions / journeys : 0;
  };
}

/**
 * A journey enters when the last of its channels has arrived, so one pass over the sets serves a
 * whole order.
 */
function ratesAlong(
  sets: readonly Coalition[],
  players: number,
): (order: readonly number[]) => Float64Array {
  return (order) => {
    const place = new Int32Array(players);
    order.forEach((player, i) => {
      place[player] = i;
    });
    const conversions = new Float64Array(players);
    const journeys = new Float64Array(players);
    for (const set of sets) {
      const last = set.channels.reduce((latest, c) => Math.max(latest, place[c] as number), 0);
      conversions[last] = (conversions[last] as number) + set.conversions;
      journeys[last] = (journeys[last] as number) + set.journeys;
    }
    let converted = 0;
    let seen = 0;
    return conversions.map((count, i) => {
      converted += count;
      seen += journeys[i] as number;
      return seen > 0 ? converted / seen : 0;
    });
  };
}

function byName(channels: readonly string[], numbers: readonly number[]): Record<string, number> {
  return Object.fromEntries(channels.map((name, c) => [name, numbers[c] as number]));
}
