import { writeMultiplier } from "@/lib/core/values/percent";
import type { Factor } from "@/lib/terms/rules/worth";
import { campaignInForce } from "../../campaigns/rules";

export type Multiplier = { multiplierBp: number; factors: Factor[]; reasons: string[] };

/**
 * How many times the points of a program's rule a customer gets for what happened at `at`: the
 * multiplier of their tier times that of the points campaign that ran then (of several, the
 * largest). In basis points; 10,000 is once.
 * @param tier null for none @param campaigns those that may run at `at`
 * @returns the reasons in plain words, none where nothing multiplies
 */
export function multiply<
  Campaign extends Parameters<typeof campaignInForce>[0][number] & { name: string },
>(
  tier: { name: string; pointsMultiplierBp: number } | null,
  campaigns: readonly Campaign[],
  programId: string,
  at: Date,
): Multiplier {
  const campaign = campaignInForce(campaigns, programId, at);
  const parts = [
    ...(tier ? [{ name: tier.name, multiplierBp: tier.pointsMultiplierBp }] : []),
    ...(campaign ? [campaign] : []),
  ].filter(({ multiplierBp }) => multiplierBp !== 10_000);
  return {
    // Whole basis points, rounded down once both are known.
    multiplierBp: Math.floor(
      parts.reduce((product, { multiplierBp }) => (product * multiplierBp) / 10_000, 10_000),
    ),
    factors: parts.map(({ name, multiplierBp }) => ({ name, multiplierBp })),
    reasons: parts.map(
      ({ name, multiplierBp }) => `${name}: ${writeMultiplier(multiplierBp)} times the points.`,
    ),
  };
}
