import { z } from "zod";
import { jsonAmount, jsonCurrency, jsonTime, timeOrNull } from "@/lib/core/json";
import { type Asset, decimal } from "@/lib/core/money";
import {
  type Leaderboard,
  CADENCES,
  METRICS,
  type Metric,
  type Season,
} from "./schema/leaderboard";
import type { RankedAdvocate } from "./queries/ranking";

export const rankedAdvocateJsonSchema = z
  .object({
    place: z.int().meta({
      description:
        "The rank: 1 for the top. Ties share a rank and the next one skips ahead (1, 1, 3).",
    }),
    alias: z.string().nullable().meta({
      description:
        "The name they chose to show; null if they have removed it since, or it holds an address.",
    }),
    score: jsonAmount.meta({ description: "Friends, points, or an amount of money." }),
    currency: jsonCurrency.nullable().meta({ description: "The currency, if the score is money." }),
    confirmedFriends: z
      .int()
      .nullable()
      .meta({ description: "Qualified friends, if the leaderboard counts them; else null." }),
    customer: z.string().meta({ description: "Your customer id, or ours if you sent none." }),
  })
  .meta({ id: "RankedAdvocate" });
export type RankedAdvocateJson = z.infer<typeof rankedAdvocateJsonSchema>;

export const leaderboardJsonSchema = z
  .object({
    id: z.string(),
    name: z.object({ en: z.string(), sq: z.string(), zh: z.string() }),
    metric: z.enum(METRICS).meta({
      description:
        "`referrals`: qualified friends; `revenue`: their purchases, less refunds; " +
        "`points`: points earned under the program's rules.",
    }),
    cadence: z.enum(CADENCES).meta({ description: "Weeks and months follow your time zone." }),
  })
  .meta({ id: "Leaderboard" });
export type LeaderboardJson = z.infer<typeof leaderboardJsonSchema>;

export const seasonJsonSchema = z
  .object({
    id: z.string(),
    startsAt: jsonTime,
    endsAt: jsonTime.nullable().meta({ description: "Null for a season without end." }),
    state: z.enum(["running", "closed"]).meta({
      description: "Late results count while it is running; a closed season is final.",
    }),
  })
  .meta({ id: "Season" });
export type SeasonJson = z.infer<typeof seasonJsonSchema>;

/** @param customers by the advocate's id @param asset the merchant's */
export function rankedAdvocateToJson(
  { rank, alias, score, advocateId }: RankedAdvocate,
  metric: Metric,
  asset: Asset,
  customers: ReadonlyMap<string, string>,
): RankedAdvocateJson {
  return {
    place: rank,
    alias,
    score: metric === "revenue" ? decimal({ minor: score, asset }) : score.toString(),
    currency: metric === "revenue" ? asset.slice(0, 3) : null,
    confirmedFriends: metric === "referrals" ? Number(score) : null,
    customer: customers.get(advocateId) ?? "",
  };
}

export function leaderboardToJson({ id, name, metric, cadence }: Leaderboard): LeaderboardJson {
  return { id, name, metric, cadence };
}

export function seasonToJson({ id, startsAt, endsAt, state }: Season): SeasonJson {
  return { id, startsAt: startsAt.toISOString(), endsAt: timeOrNull(endsAt), state };
}
