import { writeMultiplier } from "@/lib/core/values/percent";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { campaignInForce } from "../../campaigns/rules";

/**
 * How many times the points of a program's rule a customer gets for what happened at `at`: the
 * multiplier of their tier times that of the points campaign that ran then (of several, the
 * largest). In basis points; 10,000 is once.
 * @returns the reasons in plain words, none where nothing multiplies
 */
export async function pointsMultiplier(
  scope: Scope,
  { customerId, programId, at }: { customerId: string; programId: string; at: Date },
): Promise<Multiplier> {
  return inScope(scope, async (db, { merchantId }) => {
    const customerTier = await db.customerTier.findUnique({
      where: { merchantId_customerId: { merchantId, customerId } },
      select: { tier: { select: { name: true, pointsMultiplierBp: true } } },
    });
    const campaigns = await db.pointsCampaign.findMany({
      where: {
        merchantId,
        state: "active",
        startsAt: { lte: at },
        endsAt: { gt: at },
        OR: [{ programId: null }, { programId }],
      },
    });
    return multiply(customerTier?.tier ?? null, campaigns, programId, at);
  });
}

export type Multiplier = { multiplierBp: number; reasons: string[] };

/**
 * The same as a pure function, of a tier (null for none) and the campaigns that may run at `at`.
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
    reasons: parts.map(
      ({ name, multiplierBp }) => `${name}: ${writeMultiplier(multiplierBp)} times the points.`,
    ),
  };
}
