import { addStarterBadges } from "@/lib/loyalty/badges/commands/edit-badges";
import { saveCampaign } from "@/lib/loyalty/campaigns/commands";
import { campaignFormSchema } from "@/lib/loyalty/campaigns/schema";
import { cancelRedemption } from "@/lib/loyalty/catalogue/commands/cancel-redemption";
import { saveItem } from "@/lib/loyalty/catalogue/commands/edit-items";
import { redeemItem } from "@/lib/loyalty/catalogue/commands/redeem-item";
import { itemSchema } from "@/lib/loyalty/catalogue/schema/item";
import { createBoard } from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { saveLadder } from "@/lib/loyalty/tiers/commands/save-tiers";
import { ladderSchema } from "@/lib/loyalty/tiers/schema";
import { dateInZone, DAY_MS } from "@/lib/core/time";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { nominate } from "@/lib/nominations/commands/nominate";
import { settle } from "@/lib/worker/test-clock";
import { askReview } from "@/lib/desk/commands";
import type { Rule, Terms } from "@/lib/programs/schema";
import { ALWAYS } from "@/lib/programs/rules";

/**
 * What the tea shop gives beside credit and coupons: points, a milestone, a bonus for a friend's
 * friend.
 */
export const DEMO_LOYALTY_RULES: Rule[] = [
  {
    id: "own-purchases",
    name: "Points for own purchases",
    side: "advocate",
    on: { kind: "own_purchase" },
    conditions: ALWAYS,
    benefit: { kind: "points" },
    calculator: { kind: "per_unit", amount: "1", per: "1.00", atMost: null },
    holdDays: 14,
    expiry: { unissuedDays: null, issuedDays: 365, remindDays: 21 },
  },
  {
    id: "visits",
    name: "Points for visitors",
    side: "advocate",
    on: { kind: "share_visit" },
    conditions: ALWAYS,
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "5" },
    holdDays: 0,
    caps: [{ who: "person", per: "week", rewards: 5 }],
    expiry: { unissuedDays: null, issuedDays: 180, remindDays: 21 },
  },
  {
    id: "five-friends",
    name: "Every fifth friend",
    side: "advocate",
    on: { kind: "milestone", count: 5, repeats: true },
    conditions: ALWAYS,
    benefit: { kind: "gift", title: "A hand-thrown tea bowl", unitCost: "14.00" },
    calculator: { kind: "none" },
    holdDays: 14,
    expiry: { unissuedDays: 120, issuedDays: null, remindDays: 14 },
  },
  {
    id: "friends-friend",
    name: "A friend's friend",
    side: "advocate",
    on: { kind: "second_level" },
    conditions: ALWAYS,
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "150" },
    holdDays: 14,
  },
];

/**
 * Half of the friends get a share of their order off, the other half an amount: the shop wants to
 * know which works.
 */
export const DEMO_EXPERIMENT: NonNullable<Terms["experiment"]> = {
  id: "percent-or-amount",
  question: "Does 15 % off bring more friends than $5 off?",
  arms: [
    { id: "percent", name: "15 % off", shareBp: 5_000, segment: null },
    { id: "amount", name: "$5 off", shareBp: 5_000, segment: null },
  ],
};

const words = (en: string, sq: string, zh: string) => ({ en, sq, zh });

/**
 * Tiers, badges, a catalogue, leaderboards and a campaign: made before the past happens, so that it
 * counts for them.
 */
export async function openLoyalty(scope: Scope, programId: string): Promise<void> {
  await saveLadder(
    scope,
    ladderSchema(scope.currency).parse({
      metric: "referrals",
      window: "rolling",
      windowDays: 365,
      graceDays: 30,
      tiers: [
        {
          name: "Leaf",
          threshold: "1",
          color: "#4d7c0f",
          icon: "leaf",
          pointsMultiplier: "1",
          benefits: words(
            "A sample with each order.",
            "Një mostër me çdo porosi.",
            "每笔订单附赠小样。",
          ),
        },
        {
          name: "Blossom",
          threshold: "3",
          color: "#be185d",
          icon: "flower",
          pointsMultiplier: "1.25",
          benefits: words(
            "A quarter more points, and new teas a week early.",
            "Një çerek më shumë pikë dhe çajrat e rinj një javë më herët.",
            "积分多四分之一，新茶提前一周品尝。",
          ),
        },
        {
          name: "Grove",
          threshold: "6",
          color: "#7c2d12",
          icon: "mountain",
          pointsMultiplier: "1.5",
          benefits: words(
            "Half as many points again, and a seat at the autumn tasting.",
            "Gjysmë më shumë pikë dhe një vend në degustimin e vjeshtës.",
            "积分多一半，并可参加秋季品鉴会。",
          ),
        },
      ],
    }),
  );
  await addStarterBadges(scope);
  const items: unknown[] = [
    {
      name: words("$5 off", "5 $ zbritje", "立减 5 美元"),
      about: words("On anything in the shop.", "Për gjithçka në dyqan.", "全店通用。"),
      icon: "ticket",
      color: "#9a3412",
      points: 120,
      benefit: { kind: "amount_off" },
      calculator: { kind: "fixed", amount: "5.00" },
      validDays: 60,
    },
    {
      name: words("Free shipping", "Dërgesë falas", "免运费"),
      about: words("For your next order.", "Për porosinë tuaj të radhës.", "用于下一笔订单。"),
      icon: "truck",
      color: "#0f766e",
      points: 80,
      benefit: { kind: "free_shipping", unitCost: "4.50" },
      validDays: 60,
      perPerson: 3,
    },
    {
      name: words("Pair of cups", "Dy filxhanë", "一对茶杯"),
      about: words(
        "Glazed in the colour of the season.",
        "Me lustër në ngjyrën e stinës.",
        "当季釉色。",
      ),
      icon: "coffee",
      color: "#7c2d12",
      points: 450,
      benefit: { kind: "gift", title: "Pair of cups", unitCost: "9.00" },
      stock: 12,
    },
    {
      name: words("A tree for the hill", "Një pemë për kodrën", "为山坡种一棵树"),
      about: words("We plant it in your name.", "E mbjellim në emrin tuaj.", "以你的名义种下。"),
      icon: "leaf",
      color: "#4d7c0f",
      points: 200,
      benefit: { kind: "donation", to: "The hill garden" },
      calculator: { kind: "fixed", amount: "6.00" },
    },
  ];
  for (const item of items) await saveItem(scope, itemSchema.parse(item));
  const now = scopeNow(scope);
  const name = words("Friends this month", "Miqtë e këtij muaji", "本月好友");
  const points = (fromPlace: number, toPlace: number, amount: string) => ({
    fromPlace,
    toPlace,
    benefit: { kind: "points" as const },
    calculator: { kind: "fixed" as const, amount },
  });
  await createBoard(scope, {
    programId,
    name,
    metric: "referrals",
    cadence: "month",
    startsAt: null,
    endsAt: null,
    graceHours: 12,
    prizes: [points(1, 1, "500"), points(2, 3, "200")],
  });
  await createBoard(scope, {
    programId,
    name: words("Harvest season", "Stina e vjeljes", "丰收季"),
    metric: "revenue",
    cadence: "custom",
    graceHours: 0,
    startsAt: new Date(now.getTime() - 75 * DAY_MS),
    endsAt: new Date(now.getTime() + 15 * DAY_MS),
    prizes: [points(1, 1, "1000"), points(2, 5, "250")],
  });
  const day = (days: number) => dateInZone(new Date(now.getTime() + days * DAY_MS), scope.timeZone);
  await saveCampaign(
    scope,
    campaignFormSchema(scope.timeZone).parse({
      name: "Double points week",
      multiplier: "2",
      startsOn: day(0),
      endsOn: day(6),
      programId: "all",
    }),
  );
}

/** What customers did with it since, and what they asked the shop. */
export async function addLoyaltyActivity(scope: Scope, programId: string): Promise<void> {
  await settle(scope);
  const { merchantId } = scope;
  const rich = await inScope(
    scope,
    (db) => db.$queryRaw<{ customerId: string }[]>`
    SELECT owner_id AS "customerId" FROM ledger_account
    WHERE merchant_id = ${merchantId} AND kind = 'available' AND asset = 'PTS/0' AND balance_minor >= 130 ORDER BY id LIMIT 24`,
  );
  const items = await inScope(scope, (db) =>
    db.catalogueItem.findMany({
      where: { merchantId },
      orderBy: { position: "asc" },
      select: { id: true },
    }),
  );
  for (const [index, { customerId }] of rich.entries()) {
    // The first two are what everybody here can afford.
    const { redemptionId } = await redeemItem(scope, {
      itemId: items[index % 2]!.id,
      customerId,
      programId,
      requestKey: `demo-${index}`,
    });
    if (index % 8 === 5) await cancelRedemption(scope, { redemptionId, reason: "Ordered twice" });
  }
  const held = await inScope(scope, (db) =>
    db.reward.findMany({
      where: { merchantId, state: { in: ["held", "reversed"] }, side: "advocate" },
      orderBy: { grantedAt: "desc" },
      distinct: ["customerId"],
      take: 3,
      select: { id: true, customerId: true },
    }),
  );
  const questions = [
    "My friend kept her order. Could this be ready a little earlier?",
    "Why is this still waiting?",
    "I think this was taken back by mistake.",
  ];
  for (const [index, { id, customerId }] of held.entries())
    await askReview(scope, customerId, { rewardId: id, message: questions[index]! });
  const strangers = await inScope(scope, (db) =>
    db.order.findMany({
      where: {
        merchantId,
        occurredAt: { gt: new Date(scopeNow(scope).getTime() - 60 * DAY_MS) },
        customer: { friendOf: { none: {} }, orderCount: 1 },
      },
      orderBy: { occurredAt: "desc" },
      distinct: ["customerId"],
      take: 3,
      select: { id: true, customerId: true },
    }),
  );
  const advocate = await inScope(scope, (db) =>
    db.shareCode.findFirstOrThrow({
      where: { merchantId, programId },
      orderBy: { code: "asc" },
      select: { code: true },
    }),
  );
  for (const [index, order] of strangers.entries()) {
    await nominate(scope, {
      programId,
      friendId: order.customerId,
      orderId: order.id,
      said: index === 1 ? advocate.code : "a colleague at work",
    });
  }
}
