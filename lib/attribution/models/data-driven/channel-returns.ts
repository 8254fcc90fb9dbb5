export type ChannelReturns = {
  /** Cost per credited conversion; null without one. */
  cpa: number | null;
  /** Cost per credited new customer; null without one. */
  cac: number | null;
  /** Credited value / cost; null without cost. */
  roas: number | null;
  /** (credited margin − cost) / cost; null without cost. */
  roi: number | null;
};

/**
 * What a channel's credit cost and returned. `conversions`, `newCustomers` and `value` are credits
 * of one model; `margin` is the share of the value that stays (0.3 = 30 %). Throws RangeError for a
 * negative cost.
 */
export function channelReturns(
  credit: { conversions: number; newCustomers: number; value: number },
  cost: number,
  margin: number,
): ChannelReturns {
  if (!(cost >= 0 && Number.isFinite(margin)))
    throw new RangeError(`cost must be ≥ 0 and margin finite: ${cost}`);
  return {
    cpa: credit.conversions > 0 ? cost / credit.conversions : null,
    cac: credit.newCustomers > 0 ? cost / credit.newCustomers : null,
    roas: cost > 0 ? credit.value / cost : null,
    roi: cost > 0 ? (credit.value * margin - cost) / cost : null,
  };
}
