import { seededRandom, shuffled } from "@/lib/core/math/random";

export const EXACT_PLAYERS = 12;

/**
 * Exact Shapley values (Shapley 1953) of a game of at most 12 players: φ_i = Σ_S |S|!(n−|S|−1)!/n!
 * · (v(S∪i) − v(S)). `worth` is called once for each coalition, a bit mask in which bit i stands
 * for player i; the values sum to worth(all) − worth(none). Throws RangeError for more players.
 */
export function exactShapley(players: number, worth: (coalition: number) => number): number[] {
  if (!(Number.isInteger(players) && players >= 0 && players <= EXACT_PLAYERS)) {
    throw new RangeError(
      `exact Shapley values take up to ${EXACT_PLAYERS} players, not ${players}`,
    );
  }
  const worths = Float64Array.from({ length: 1 << players }, (_, coalition) => worth(coalition));
  // |S|!(n−|S|−1)!/n! = 1/(n · C(n−1, |S|))
  const weights = [1 / players];
  for (let size = 1; size < players; size += 1) {
    weights.push(((weights[size - 1] as number) * size) / (players - size));
  }
  return Array.from({ length: players }, (_, player) => {
    const bit = 1 << player;
    let sum = 0;
    for (let coalition = 0; coalition < worths.length; coalition += 1) {
      if (coalition & bit) continue;
      const gain = (worths[coalition | bit] as number) - (worths[coalition] as number);
      sum += (weights[bitCount(coalition)] as number) * gain;
    }
    return sum;
  });
}

/**
 * Shapley values by sampling orders of arrival (Castro, Gómez & Tejada 2009). `worthsAlong` gives,
 * for an order of players, the worth after each has joined; `none` is the worth of nobody. The
 * values sum to worth(all) − none in every sample. `errorBound` is the half-width of each value's
 * 95 % interval. The same seed gives the same values.
 */
export function sampledShapley(
  players: number,
  worthsAlong: (order: readonly number[]) => ArrayLike<number>,
  { seed, samples, none = 0 }: { seed: number | string; samples: number; none?: number },
): { value: number; errorBound: number }[] {
  if (!(samples >= 2)) throw new RangeError(`sampling needs at least two samples: ${samples}`);
  const random = seededRandom(seed);
  const everyone = Array.from({ length: players }, (_, i) => i);
  const means = new Float64Array(players);
  const squares = new Float64Array(players);
  for (let sample = 1; sample <= samples; sample += 1) {
    const order = shuffled(everyone, random);
    const worths = worthsAlong(order);
    let before = none;
    order.forEach((player, i) => {
      const after = worths[i] as number;
      const delta = after - before - (means[player] as number);
      means[player] = (means[player] as number) + delta / sample;
      squares[player] =
        (squares[player] as number) + delta * (after - before - (means[player] as number));
      before = after;
    });
  }
  return everyone.map((player) => {
    const variance = (squares[player] as number) / (samples - 1);
    return { value: means[player] as number, errorBound: 1.959964 * Math.sqrt(variance / samples) };
  });
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) count += 1;
  return count;
}
