import type { LocalizedText } from "@/lib/core/i18n/localized";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { TierRules } from "../rules/follow-tier";
import { windowAt } from "../rules/window";
import type { LadderInput, TierMetric, TierWindow } from "../schema";
import { countByThreshold } from "./tier-facts";

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

/** The merchant's ladder; null where none was ever made. */
export async function tierLadder(scope: Scope): Promise<Ladder | null> {
  const { merchantId } = scope;
  return inScope(scope, async ({ db }) => {
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

/** How many customers have each tier now. */
export async function tierDistribution(scope: Scope): Promise<Map<string, number>> {
  requirePermission(scope, "program.read");
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<{ tierId: string; people: bigint }[]>`
    SELECT tier_id AS "tierId", count(*) AS people FROM customer_tier
      WHERE merchant_id = ${scope.merchantId} GROUP BY tier_id`,
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
  return inScope(scope, ({ db }) =>
    countByThreshold(
      db,
      scope.merchantId,
      ladder.metric,
      window,
      ladder.tiers.map(({ threshold }) => threshold),
    ),
  );
}
