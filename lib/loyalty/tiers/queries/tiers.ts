import { notFound } from "@/lib/core/errors";
import type { LocalizedText } from "@/lib/core/i18n/localized";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { customerContaining } from "@/lib/customers/queries";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { tierFacts, countByThreshold } from "./tier-facts";
import {
  type EarnedUnder,
  progressOf,
  type CustomerTier,
  type TierProgress,
  type TierRules,
  windowAt,
} from "../rules/follow-tier";
import type { LadderInput, TierMetric, TierWindow } from "../schema";

export type TierRow = {
  id: string;
  rank: number;
  name: string;
  threshold: bigint;
  benefits: LocalizedText;
  color: string;
  icon: string;
  pointsMultiplierBp: number;
};

/** How tiers are earned and kept, and the tiers, lowest first. */
export type Ladder = {
  metric: TierMetric;
  window: TierWindow;
  windowDays: number;
  graceDays: number;
  active: boolean;
  tiers: TierRow[];
};

/** Of advisory locks: shared by those who work a tier out, alone for who changes the ladder. */
export const LADDER_LOCK = 7_301;

/** The merchant's ladder; null where none was ever made. */
export async function tierLadder(scope: Scope): Promise<Ladder | null> {
  const { merchantId } = scope;
  return inScope(scope, async (db) => {
    const plan = await db.tierPlan.findUnique({ where: { merchantId } });
    if (!plan) return null;
    const tiers = await db.tier.findMany({ where: { merchantId }, orderBy: { rank: "asc" } });
    return {
      metric: plan.metric as TierMetric,
      window: plan.window as TierWindow,
      windowDays: plan.windowDays,
      graceDays: plan.graceDays,
      active: plan.state === "active",
      tiers: tiers.map(
        ({ id, rank, name, threshold, benefits, color, icon, pointsMultiplierBp }) => ({
          id,
          rank,
          name,
          threshold,
          benefits: benefits as LocalizedText,
          color,
          icon,
          pointsMultiplierBp,
        }),
      ),
    };
  });
}

/** A ladder as the rules read it. */
export function rulesOf(
  ladder: Pick<Ladder, "metric" | "window" | "windowDays" | "graceDays"> & {
    tiers: readonly { id: string; threshold: bigint }[];
  },
  timeZone: string,
): TierRules {
  const { metric, window, windowDays, graceDays, tiers } = ladder;
  return { metric, window, windowDays, graceDays, timeZone, tiers };
}

/** What is on record about someone's tier. */
export type StoredCustomerTier = CustomerTier & { earnedUnder: EarnedUnder };

export async function storedCustomerTier(
  scope: Scope,
  customerId: string,
): Promise<StoredCustomerTier | null> {
  const row = await inScope(scope, (db) =>
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

/**
 * The tier that a customer has now, as catalogue, rules and multipliers ask for it; null for none.
 */
export async function tierOf(
  scope: Scope,
  customerId: string,
): Promise<{ id: string; rank: number; name: string; pointsMultiplierBp: number } | null> {
  const [row] = await inScope(
    scope,
    (db) => db.$queryRaw<{ id: string; rank: number; name: string; pointsMultiplierBp: number }[]>`
    SELECT t.id, t.rank, t.name, t.points_multiplier_bp AS "pointsMultiplierBp"
    FROM customer_tier s
    JOIN tier t ON t.merchant_id = s.merchant_id AND t.id = s.tier_id
    WHERE s.merchant_id = ${scope.merchantId} AND s.customer_id = ${customerId}`,
  );
  return row ?? null;
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
  return inScope(scope, async (db, scope) => {
    const ladder = await tierLadder(scope);
    if (!ladder?.active || ladder.tiers.length === 0) return null;
    const facts = await tierFacts(db, scope.merchantId, customerId, ladder.metric);
    const customerTier = await storedCustomerTier(scope, customerId);
    const tier = ladder.tiers.find(({ id }) => id === customerTier?.tierId) ?? null;
    return {
      ladder,
      tier,
      customerTier,
      progress: progressOf(rulesOf(ladder, scope.timeZone), facts, customerTier, scopeNow(scope)),
    };
  });
}

/** The changes of a customer's tier, newest first. */
export async function tierHistory(
  scope: Scope,
  customerId: string,
  limit = 50,
): Promise<TierStepRow[]> {
  return inScope(scope, (db) =>
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

/** How many customers have each tier now. */
export async function tierDistribution(scope: Scope): Promise<Map<string, number>> {
  requirePermission(scope, "program.read");
  const rows = await inScope(
    scope,
    (db) => db.$queryRaw<{ tierId: string; people: bigint }[]>`
    SELECT tier_id AS "tierId", count(*) AS people FROM customer_tier WHERE merchant_id = ${scope.merchantId} GROUP BY tier_id`,
  );
  return new Map(rows.map(({ tierId, people }) => [tierId, Number(people)]));
}

/**
 * How many customers would have each tier of a ladder by what counts for them today, lowest tier
 * first. It counts the window up to now only: who has a tier keeps it for its time whatever the
 * ladder says.
 */
export async function previewLadder(scope: Scope, ladder: LadderInput): Promise<number[]> {
  requirePermission(scope, "program.read");
  if (ladder.tiers.length === 0) return [];
  const now = scopeNow(scope);
  const window = windowAt({ ...ladder, timeZone: scope.timeZone }, now);
  return inScope(scope, (db) =>
    countByThreshold(
      db,
      scope.merchantId,
      ladder.metric,
      window,
      ladder.tiers.map(({ threshold }) => threshold),
    ),
  );
}

export type TierMember = {
  customerId: string;
  name: string | null;
  email: string | null;
  externalId: string | null;
  reachedAt: Date;
  keepUntil: Date;
  graceUntil: Date;
};

/** Who has a tier, the latest to reach it first. @throws DomainError not_found */
export async function tierMembers(
  scope: Scope,
  filter: {
    tierId: string;
    search?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<{ tier: TierRow; page: Page<TierMember> }> {
  requirePermission(scope, "customer.read");
  const { merchantId } = scope;
  const after = filter.cursor ? decodeTimeCursor(filter.cursor) : null;
  const search = filter.search?.trim();
  return inScope(scope, async (db, scope) => {
    const tier = (await tierLadder(scope))?.tiers.find(({ id }) => id === filter.tierId);
    if (!tier) throw notFound("tier");
    const found = await db.customerTier.findMany({
      where: {
        merchantId,
        tierId: tier.id,
        ...(search && { customer: customerContaining(search) }),
        ...(after && {
          OR: [
            { reachedAt: { lt: after.at } },
            { reachedAt: after.at, customerId: { lt: after.id } },
          ],
        }),
      },
      orderBy: [{ reachedAt: "desc" }, { customerId: "desc" }],
      take: filter.limit + 1,
      select: {
        customerId: true,
        reachedAt: true,
        keepUntil: true,
        graceUntil: true,
        customer: { select: { name: true, email: true, externalId: true } },
      },
    });
    const rows = found.map(({ customer, ...customerTier }): TierMember => ({
      ...customerTier,
      ...customer,
    }));
    return {
      tier,
      page: toPage(rows, filter.limit, (row) => [row.reachedAt.toISOString(), row.customerId]),
    };
  });
}
