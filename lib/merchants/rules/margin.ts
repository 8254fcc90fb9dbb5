/** Of a shop's gross margin: in basis points, and whether it is only assumed. */
export type Margin = { bp: number; isAssumed: boolean };

/** What is assumed of a shop that has not said: half of its prices, in basis points. */
const ASSUMED_BP = 5_000;

/** The margin to calculate with. @param bp as the shop said, in basis points; null if it did not */
export function marginOf(bp: number | null): Margin {
  return { bp: bp ?? ASSUMED_BP, isAssumed: bp === null };
}
