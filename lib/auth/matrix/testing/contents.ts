import { inScope } from "@/lib/merchants/scope";
import type { Shop } from "./shop";

/**
 * For tests only: everything of a shop that a request could change, to be the same before and after
 * an attack.
 */
export async function contentsOf(shop: Shop): Promise<string> {
  return inScope(shop.scope, async ({ db }) =>
    JSON.stringify(
      {
        merchant: await db.merchant.findMany(),
        members: await db.member.findMany({ orderBy: { userId: "asc" } }),
        invites: await db.memberInvite.findMany({ orderBy: { id: "asc" } }),
        keys: await db.apiKey.findMany({ orderBy: { id: "asc" }, omit: { lastUsedAt: true } }),
        allowed: await db.allowedEvent.findMany({ orderBy: { type: "asc" } }),
        programs: await db.program.findMany({
          orderBy: { id: "asc" },
          include: { versions: true, budget: true },
        }),
        customers: await db.customer.findMany({
          orderBy: { id: "asc" },
          include: { advocates: true, consents: true, keys: true },
        }),
        referrals: await db.referral.findMany({ orderBy: { id: "asc" }, include: { steps: true } }),
        rewards: await db.reward.findMany({ orderBy: { id: "asc" }, include: { steps: true } }),
        pools: await db.couponPool.findMany({ orderBy: { id: "asc" } }),
        codes: await db.couponPoolCode.findMany({ orderBy: { code: "asc" } }),
        payouts: await db.payoutBatch.findMany({ orderBy: { id: "asc" } }),
        destinations: await db.payoutDestination.findMany({ orderBy: { id: "asc" } }),
        items: await db.catalogueItem.findMany({ orderBy: { id: "asc" } }),
        redemptions: await db.redemption.findMany({ orderBy: { id: "asc" } }),
        tiers: await db.tier.findMany({ orderBy: { id: "asc" } }),
        plan: await db.tierPlan.findMany(),
        badges: await db.badge.findMany({ orderBy: { id: "asc" } }),
        leaderboards: await db.leaderboard.findMany({
          orderBy: { id: "asc" },
          include: { seasons: true },
        }),
        replays: await db.replayRun.findMany({ orderBy: { id: "asc" } }),
        campaigns: await db.pointsCampaign.findMany({ orderBy: { id: "asc" } }),
        accounts: await db.ledgerAccount.findMany({ orderBy: { id: "asc" } }),
        messages: await db.message.count(),
        events: await db.event.count(),
        waiting: await db.eventInbox.findMany(),
        // That somebody was refused a sign-in is noted, and is nothing that they did.
        audit: await db.auditEntry.count({ where: { action: { not: "member.sign_in_refused" } } }),
      },
      (_, value: unknown) => (typeof value === "bigint" ? String(value) : value),
    ),
  );
}
