import { z } from "zod";
import { jsonAmount, jsonTime } from "@/lib/core/json";
import { writeMultiplier } from "@/lib/core/percent";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { type CustomerBadge, customerBadges, type BadgeRow } from "./badges/queries/badges";
import { badgeRuleSchema } from "./badges/schema";
import { MEDAL_ICONS } from "./schema";
import { type CustomerTiers, customerTiers, type Ladder } from "./tiers/queries/tiers";
import { TIER_METRICS, TIER_WINDOWS, tierAmountText } from "./tiers/schema";

const textJson = z
  .object({ en: z.string(), sq: z.string(), zh: z.string() })
  .meta({ description: 'By language; "" falls back to English.' });
const looks = { icon: z.enum(MEDAL_ICONS), color: z.string() };

export const tierJsonSchema = z
  .object({
    id: z.string(),
    rank: z.int().meta({ description: "1 for the lowest." }),
    name: z.string(),
    threshold: jsonAmount.meta({
      description: "Points, friends, or money in your currency, within the window.",
    }),
    benefits: textJson,
    ...looks,
    pointsMultiplier: jsonAmount.meta({ description: '"1.25" gives a quarter more points.' }),
    customers: z.int().meta({ description: "How many have it now." }),
  })
  .meta({ id: "Tier" });

export const ladderAnswerSchema = z
  .object({
    metric: z.enum(TIER_METRICS),
    window: z.enum(TIER_WINDOWS),
    windowDays: z.int(),
    graceDays: z.int(),
    state: z.enum(["active", "disabled"]),
    recounting: z.boolean().meta({
      description:
        "After a change everybody is counted anew in the background; true until that is done.",
    }),
    tiers: z.array(tierJsonSchema).meta({ description: "Lowest first." }),
  })
  .meta({ id: "Tiers" });
export type LadderJson = z.infer<typeof ladderAnswerSchema>;

export const badgeJsonSchema = z
  .object({
    id: z.string(),
    name: textJson,
    about: textJson,
    ...looks,
    rule: badgeRuleSchema,
    state: z.enum(["active", "disabled"]),
    customers: z.int().meta({ description: "How many have it now." }),
  })
  .meta({ id: "Badge" });
export type BadgeJson = z.infer<typeof badgeJsonSchema>;

/** What a customer's record says of their standing. */
export const loyaltyShape = {
  tier: z.string().nullable().meta({ description: "The name of their tier; null for none." }),
  tierProgress: z
    .object({
      tierId: z.string().nullable(),
      metric: z.enum(TIER_METRICS),
      value: jsonAmount.meta({ description: "What counts within the window that ends now." }),
      nextTier: z
        .object({ id: z.string(), name: z.string(), threshold: jsonAmount, remaining: jsonAmount })
        .nullable(),
      keepUntil: jsonTime
        .nullable()
        .meta({ description: "The tier is theirs until then, whatever they do." }),
      graceUntil: jsonTime
        .nullable()
        .meta({ description: "Until then they can still earn it again." }),
      inGrace: z.boolean(),
      remainingToKeep: jsonAmount
        .nullable()
        .meta({ description: "What is missing to keep it beyond `keepUntil`." }),
    })
    .nullable()
    .meta({ description: "Null while you have no tiers." }),
  badges: z
    .array(z.string())
    .meta({ description: "The badges they have, by their English names." }),
  badgeAwards: z.array(z.object({ id: z.string(), name: z.string(), awardedAt: jsonTime })),
};
const loyaltyJsonSchema = z.object(loyaltyShape);
export type LoyaltyJson = z.infer<typeof loyaltyJsonSchema>;

/** @param people how many have each tier, by id */
export function ladderToJson(
  ladder: Ladder | null,
  people: ReadonlyMap<string, number>,
  recounting: boolean,
  currency: string,
): LadderJson {
  if (!ladder)
    return {
      metric: "referrals",
      window: "rolling",
      windowDays: 365,
      graceDays: 30,
      state: "disabled",
      recounting,
      tiers: [],
    };
  const { metric, window, windowDays, graceDays, active, tiers } = ladder;
  return {
    metric,
    window,
    windowDays,
    graceDays,
    state: active ? "active" : "disabled",
    recounting,
    tiers: tiers.map(
      ({ id, rank, name, threshold, benefits, color, icon, pointsMultiplierBp }) => ({
        id,
        rank,
        name,
        threshold: tierAmountText(threshold, metric, currency),
        benefits,
        color,
        icon: icon as LadderJson["tiers"][number]["icon"],
        pointsMultiplier: writeMultiplier(pointsMultiplierBp),
        customers: people.get(id) ?? 0,
      }),
    ),
  };
}

export function badgeToJson({
  id,
  name,
  about,
  icon,
  color,
  rule,
  active,
  holders,
}: BadgeRow & { holders: number }): BadgeJson {
  return {
    id,
    name,
    about,
    icon: icon as BadgeJson["icon"],
    color,
    rule,
    state: active ? "active" : "disabled",
    customers: holders,
  };
}

/** A customer's tier, how far it is to the next, and their badges. */
export async function loyaltyToJson(scope: Scope, customerId: string): Promise<LoyaltyJson> {
  return inScope(scope, async (_, scope) => {
    const [tiers, badges] = [
      await customerTiers(scope, customerId),
      await customerBadges(scope, customerId, { withProgress: false }),
    ];
    const had = badges.filter(
      (badge): badge is CustomerBadge & { award: NonNullable<CustomerBadge["award"]> } =>
        badge.award !== null,
    );
    return {
      tier: tiers?.tier?.name ?? null,
      tierProgress: tiers && progressToJson(tiers, scope.currency),
      badges: had.map(({ name }) => name.en),
      badgeAwards: had.map(({ id, name, award }) => ({
        id,
        name: name.en,
        awardedAt: award.awardedAt.toISOString(),
      })),
    };
  });
}

function progressToJson(
  { ladder, tier, progress }: CustomerTiers,
  currency: string,
): NonNullable<LoyaltyJson["tierProgress"]> {
  const { value, next, keep } = progress;
  const text = (minor: bigint) => tierAmountText(minor, ladder.metric, currency);
  return {
    tierId: tier?.id ?? null,
    metric: ladder.metric,
    value: text(value),
    nextTier: next && {
      id: next.tierId,
      name: ladder.tiers.find(({ id }) => id === next.tierId)!.name,
      threshold: text(next.threshold),
      remaining: text(next.remaining),
    },
    keepUntil: keep?.until.toISOString() ?? null,
    graceUntil: keep?.graceUntil.toISOString() ?? null,
    inGrace: keep?.inGrace ?? false,
    remainingToKeep: keep && text(keep.remaining),
  };
}
