import { addStarterBadges } from "@/lib/loyalty/badges/commands/edit-badges";
import { saveCampaign } from "@/lib/loyalty/campaigns/commands";
import { campaignFormSchema } from "@/lib/loyalty/campaigns/schema";
import { saveItem } from "@/lib/loyalty/catalogue/commands/edit-items";
import { itemSchema } from "@/lib/loyalty/catalogue/schema/item";
import { createLeaderboard } from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { saveLadder } from "@/lib/loyalty/tiers/commands/save-tiers";
import { ladderSchema } from "@/lib/loyalty/tiers/schema";
import { dateInZone, DAY_MS } from "@/lib/core/time";
import { type Scope, scopeNow } from "@/lib/merchants/scope";

const words = (en: string, sq: string, zh: string) => ({ en, sq, zh });

const TIERS = [
  {
    name: "Leaf",
    threshold: "1",
    color: "#4d7c0f",
    icon: "leaf",
    pointsMultiplier: "1",
    benefits: words("A sample with each order.", "Një mostër me çdo porosi.", "每笔订单附赠小样。"),
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
];

const ITEMS: unknown[] = [
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

/** Tiers, badges, a catalogue and a monthly leaderboard: as old as the program. */
export async function openLoyalty(scope: Scope, programId: string): Promise<void> {
  await saveLadder(
    scope,
    ladderSchema(scope.currency).parse({
      metric: "referrals",
      window: "rolling",
      windowDays: 365,
      graceDays: 30,
      tiers: TIERS,
    }),
  );
  await addStarterBadges(scope);
  for (const item of ITEMS) await saveItem(scope, itemSchema.parse(item));
  await createLeaderboard(scope, {
    programId,
    name: words("Friends this month", "Miqtë e këtij muaji", "本月好友"),
    metric: "referrals",
    cadence: "month",
    startsAt: null,
    endsAt: null,
    graceHours: 12,
    prizes: [points(1, 1, "500"), points(2, 3, "200")],
  });
}

const points = (fromRank: number, toRank: number, amount: string) => ({
  fromRank,
  toRank,
  benefit: { kind: "points" as const },
  calculator: { kind: "fixed" as const, amount },
});

/** A season of its own for ninety days from now on. */
export async function openHarvestSeason(scope: Scope, programId: string): Promise<void> {
  const now = scopeNow(scope);
  await createLeaderboard(scope, {
    programId,
    name: words("Harvest season", "Stina e vjeljes", "丰收季"),
    metric: "revenue",
    cadence: "custom",
    graceHours: 0,
    startsAt: now,
    endsAt: new Date(now.getTime() + 90 * DAY_MS),
    prizes: [points(1, 1, "1000"), points(2, 5, "250")],
  });
}

/** Twice the points from today on. */
export async function openCampaign(scope: Scope): Promise<void> {
  const now = scopeNow(scope);
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
