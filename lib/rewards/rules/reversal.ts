/** The part of a cost that is reversed when `recovered` of `whole` is; all of it for the whole. */
export function shareOfCost(costMinor: bigint, recovered: bigint, whole: bigint): bigint {
  return whole === 0n ? 0n : (costMinor * recovered) / whole;
}
