import { z } from "zod";
import type { Standing } from "./leaderboard";

export const standingJsonSchema = z.object({
  place: z.int().meta({ description: "1 for the top; equals share a place, and the next counts on behind them (1, 1, 3)." }),
  alias: z.string().meta({ description: "The name that they chose to be seen under." }),
  confirmedFriends: z.int(),
  customer: z.string().meta({ description: "Your id of the customer; ours where you gave none." }),
}).meta({ id: "Standing" });
export type StandingJson = z.infer<typeof standingJsonSchema>;

/** @param customers by the advocate's id */
export function standingToJson({ place, alias, confirmed, advocateId }: Standing, customers: ReadonlyMap<string, string>): StandingJson {
  return { place, alias, confirmedFriends: confirmed, customer: customers.get(advocateId) ?? "" };
}
