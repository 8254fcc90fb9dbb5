import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { CustomerTier } from "../rules/follow-tier";
import type { EarnedUnder } from "../rules/keep-promise";
import { progressOf, type TierProgress } from "../rules/progress";
import type { TierMetric, TierWindow } from "../schema";
import { type Ladder, rulesOf, tierLadder, type TierRow } from "./ladder";
import { tierFacts } from "./tier-facts";

/** What is on record about someone's tier. */
export type StoredCustomerTier = CustomerTier & { earnedUnder: EarnedUnder };

export async function storedCustomerTier(
  scope: Scope,
  customerId: string,
): Promise<StoredCustomerTier | null> {
  const row = await inScope(scope, ({ db }) =>
    db.customerTier.findUnique({
      where: { merchantId_customerId: { merchantId: scope.merchantId, customerId } },
    }),
  );
  if (!row) return null;
  const { tierId, reachedAt, earnedAt, keepUntil, graceUntil } = row;
  const under = row.earnedUnder as {
    metric: TierMetric;
    window: TierWindow;
    windowDays: number;
    threshold: string;
  };
  return {
    tierId,
    reachedAt,
    earnedAt,
    keepUntil,
    graceUntil,
    earnedUnder: { ...under, threshold: BigInt(under.threshold) },
  };
}

export type TierStepRow = {
  id: string;
  fromTierId: string | null;
  toTierId: string | null;
  fromName: string | null;
  toName: string | null;
  reason: string;
  value: bigint;
  at: Date;
  recordedAt: Date;
};

export type CustomerTiers = {
  ladder: Ladder;
  tier: TierRow | null;
  customerTier: StoredCustomerTier | null;
  progress: TierProgress;
};

/**
 * Where a customer stands on the ladder and how far it is from there; null while the merchant has
 * no tiers.
 */
export async function customerTiers(
  scope: Scope,
  customerId: string,
): Promise<CustomerTiers | null> {
  return inScope(scope, async (tx) => {
    const ladder = await tierLadder(tx);
    if (!ladder?.active || ladder.tiers.length === 0) return null;
    const facts = await tierFacts(tx.db, tx.merchantId, customerId, ladder.metric);
    const customerTier = await storedCustomerTier(tx, customerId);
    const tier = ladder.tiers.find(({ id }) => id === customerTier?.tierId) ?? null;
    return {
      ladder,
      tier,
      customerTier,
      progress: progressOf(rulesOf(ladder, tx.timeZone), facts, customerTier, scopeNow(tx)),
    };
  });
}

/** The changes of a customer's tier, newest first. */
export async function tierHistory(
  scope: Scope,
  customerId: string,
  limit = 50,
): Promise<TierStepRow[]> {
  return inScope(scope, ({ db }) =>
    db.tierStep.findMany({
      where: { merchantId: scope.merchantId, customerId },
      orderBy: { id: "desc" },
      take: limit,
      select: {
        id: true,
        fromTierId: true,
        toTierId: true,
        fromName: true,
        toName: true,
        reason: true,
        value: true,
        at: true,
        recordedAt: true,
      },
    }),
  );
}
