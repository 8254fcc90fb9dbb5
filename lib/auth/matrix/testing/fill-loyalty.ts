import { createBadge } from "@/lib/loyalty/badges/commands/edit-badges";
import { badgeInputSchema } from "@/lib/loyalty/badges/schema";
import { saveCampaign } from "@/lib/loyalty/campaigns/commands";
import { campaignFormSchema } from "@/lib/loyalty/campaigns/schema";
import { redeemItem, saveItem } from "@/lib/loyalty/catalogue/commands";
import { itemSchema } from "@/lib/loyalty/catalogue/schema/item";
import { saveLadder } from "@/lib/loyalty/tiers/commands/save-tiers";
import { ladderSchema } from "@/lib/loyalty/tiers/schema";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { grantOutright } from "@/lib/rewards/commands";
import type { Shop } from "./shop";

type Loyalty = Pick<Shop, "itemId" | "redemptionId" | "campaignId" | "tierId" | "badgeId">;

/** For tests only: an item, a campaign, a tier and a badge; test mode knows none of them. */
export async function fillLoyalty(
  scope: Scope,
  sandbox: Scope,
  { programId, customerId, name }: { programId: string; customerId: string; name: string },
): Promise<Loyalty> {
  const { itemId, redemptionId } = await redeemed(scope, programId, customerId, name);
  const week = campaignFormSchema("UTC").parse({
    name: `Week of ${name}`,
    multiplier: "2",
    startsOn: "2099-01-01",
    endsOn: "2099-01-07",
  });
  const { campaignId } = await saveCampaign(scope, week);
  const { tierId, badgeId } = await giveTierAndBadge(scope);
  await inScope(sandbox, async ({ db }) => {
    await db.catalogueItem.deleteMany();
    await db.pointsCampaign.deleteMany();
    await db.tier.deleteMany();
    await db.badge.deleteMany();
  });
  return { itemId, redemptionId, campaignId, tierId, badgeId };
}

async function redeemed(scope: Scope, programId: string, customerId: string, name: string) {
  await grantOutright(scope, {
    programId,
    customerId,
    source: "goodwill",
    ruleId: "goodwill",
    causeRef: { kind: "review", ref: "matrix" },
    eventId: null,
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "1000" },
    holdDays: 0,
    at: new Date(),
    facts: {},
  });
  const cup = itemSchema.parse({
    name: { en: `Cup of ${name}` },
    points: 100,
    benefit: { kind: "gift", title: "A cup", unitCost: "0" },
  });
  const { itemId } = await saveItem(scope, cup);
  const { redemptionId } = await redeemItem(scope, {
    itemId,
    customerId,
    programId,
    requestKey: name,
  });
  return { itemId, redemptionId };
}

async function giveTierAndBadge(scope: Scope) {
  const looks = { icon: "star", color: "#b45309" };
  const tiers = [{ ...looks, name: "Gold", threshold: "3" }];
  const ladder = await saveLadder(
    scope,
    ladderSchema(scope.currency).parse({ metric: "referrals", window: "rolling", tiers }),
  );
  const badge = await createBadge(
    scope,
    badgeInputSchema.parse({
      ...looks,
      name: { en: "First" },
      about: { en: "First" },
      rule: { kind: "friends", count: 2 },
    }),
  );
  return { tierId: ladder.tiers[0]!.id, badgeId: badge.id };
}
