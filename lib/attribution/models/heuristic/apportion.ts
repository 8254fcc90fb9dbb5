/**
 * Splits a whole amount of minor units (cents) by shares so that the parts add up to it exactly:
 * each part is rounded down, and the units left go to the largest remainders, the earlier part
 * first in a tie (Hamilton's method). Shares of any scale, ≥ 0; a negative total is split like its
 * opposite. Throws RangeError for negative or unfinite shares, or when all are 0 although there is
 * something to split.
 */
export function apportion(total: bigint, shares: readonly number[]): bigint[] {
  if (!shares.every((share) => Number.isFinite(share) && share >= 0))
    throw new RangeError("shares must be ≥ 0");
  if (total < 0n) return apportion(-total, shares).map((part) => -part);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  if (whole === 0) {
    if (total === 0n) return shares.map(() => 0n);
    throw new RangeError("an amount cannot be split over no shares");
  }
  // Shares become whole numbers of 2⁻⁵², so that no amount is too large for exact division.
  const units = shares.map((share) => BigInt(Math.round((share / whole) * 2 ** 52)));
  const unitSum = units.reduce((sum, unit) => sum + unit, 0n);
  const parts = units.map((unit) => (total * unit) / unitSum);
  const rests = units.map((unit, i) => ({ i, rest: (total * unit) % unitSum }));
  rests.sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1));
  const left = Number(total - parts.reduce((sum, part) => sum + part, 0n));
  for (const { i } of rests.slice(0, left)) parts[i] = (parts[i] as bigint) + 1n;
  return parts;
}
