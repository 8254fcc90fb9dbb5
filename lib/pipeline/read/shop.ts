import type { Tx } from "@/lib/merchants/scope";
import { multiply } from "@/lib/loyalty/points/queries/points-multiplier";
import { givesPoints } from "@/lib/terms/rules/worth";
import type { Terms } from "@/lib/terms/schema";
import type { ShopWorld } from "../decide/world";

type Settings = Pick<ShopWorld, "countingTouch" | "pointCostMilli">;
type Tier = { name: string; pointsMultiplierBp: number };

/**
 * Reads what the shop has set. How much more points count for whom is read only where some of the
 * terms give points.
 */
export async function readShop(
  tx: Tx,
  terms: readonly Terms[],
  customerIds: readonly string[],
): Promise<ShopWorld> {
  const { db, merchantId, timeZone } = tx;
  const [settings] = await db.$queryRaw<[Settings]>`
    SELECT counting_touch AS "countingTouch", point_cost_milli AS "pointCostMilli"
    FROM merchant WHERE id = ${merchantId}`;
  if (!terms.some(({ rules }) => rules.some(givesPoints)))
    return { ...settings, timeZone, multiplier: () => ({ multiplierBp: 10_000, reasons: [] }) };
  const tiers = await readTiers(tx, customerIds);
  const campaigns = await db.pointsCampaign.findMany({ where: { merchantId, state: "active" } });
  return {
    ...settings,
    timeZone,
    multiplier: (customerId, programId, at) =>
      multiply(tiers.get(customerId) ?? null, campaigns, programId, at),
  };
}

async function readTiers(
  { db, merchantId }: Tx,
  customerIds: readonly string[],
): Promise<Map<string, Tier>> {
  const rows = await db.customerTier.findMany({
    where: { merchantId, customerId: { in: [...new Set(customerIds)] } },
    select: { customerId: true, tier: { select: { name: true, pointsMultiplierBp: true } } },
  });
  return new Map(rows.map(({ customerId, tier }) => [customerId, tier]));
}
