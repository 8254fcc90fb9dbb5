import { z } from "zod";
import { jsonAmount } from "@/lib/core/json";
import { writeMultiplier } from "@/lib/core/values/percent";
import { localizedJson, medalJson } from "../schema";
import type { Ladder } from "./queries/ladder";
import { TIER_METRICS, TIER_WINDOWS, tierAmountText } from "./schema";

const tierJsonSchema = z
  .object({
    id: z.string(),
    rank: z.int().meta({ description: "1 for the lowest." }),
    name: z.string(),
    threshold: jsonAmount.meta({
      description: "Points, friends, or money in your currency, within the window.",
    }),
    benefits: localizedJson,
    ...medalJson,
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
      description: "True while customers are being recounted in the background after a change.",
    }),
    tiers: z.array(tierJsonSchema).meta({ description: "Lowest first." }),
  })
  .meta({ id: "Tiers" });
export type LadderJson = z.infer<typeof ladderAnswerSchema>;

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
