/**
 * Adjusted p-values, in the order given, for several comparisons at once. Holm (1979) keeps the
 * chance of any false finding at the level; Benjamini & Hochberg (1995) keeps the share of false
 * findings among the findings. Both throw RangeError for values outside 0 to 1.
 */
export function holm(pValues: readonly number[]): number[] {
  requireProbabilities(pValues);
  const order = ascending(pValues);
  const adjusted = pValues.map(() => 1);
  let highest = 0;
  order.forEach((index, rank) => {
    highest = Math.max(highest, Math.min(1, (pValues.length - rank) * (pValues[index] as number)));
    adjusted[index] = highest;
  });
  return adjusted;
}

export function benjaminiHochberg(pValues: readonly number[]): number[] {
  requireProbabilities(pValues);
  const order = ascending(pValues);
  const adjusted = pValues.map(() => 1);
  let lowest = 1;
  for (let rank = order.length - 1; rank >= 0; rank -= 1) {
    const index = order[rank] as number;
    lowest = Math.min(lowest, ((pValues[index] as number) * pValues.length) / (rank + 1));
    adjusted[index] = lowest;
  }
  return adjusted;
}

function ascending(pValues: readonly number[]): number[] {
  return pValues.map((_, i) => i).sort((i, j) => (pValues[i] as number) - (pValues[j] as number));
}

function requireProbabilities(pValues: readonly number[]): void {
  if (!pValues.every((p) => p >= 0 && p <= 1))
    throw new RangeError("a p-value lies between 0 and 1");
}
