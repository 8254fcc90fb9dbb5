import { z } from "zod";
import { jsonAmount, jsonTime } from "@/lib/core/json";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { type CustomerBadge, customerBadges } from "./badges/queries/badges";
import { type CustomerTiers, customerTiers } from "./tiers/queries/customer-tier";
import { TIER_METRICS, tierAmountText } from "./tiers/schema";

/** A customer's tier and badges, as part of their record. */
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

/** A customer's tier, how far it is to the next, and their badges. */
export async function loyaltyToJson(scope: Scope, customerId: string): Promise<LoyaltyJson> {
  return inScope(scope, async (tx) => {
    const [tiers, badges] = [
      await customerTiers(tx, customerId),
      await customerBadges(tx, customerId, { withProgress: false }),
    ];
    const had = badges.filter(
      (badge): badge is CustomerBadge & { award: NonNullable<CustomerBadge["award"]> } =>
        badge.award !== null,
    );
    return {
      tier: tiers?.tier?.name ?? null,
      tierProgress: tiers && progressToJson(tiers, tx.currency),
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
