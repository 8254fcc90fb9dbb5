import { z } from "zod";
import { localizedJson, medalJson } from "../schema";
import type { BadgeRow } from "./queries/badges";
import { badgeRuleSchema } from "./schema";

export const badgeJsonSchema = z
  .object({
    id: z.string(),
    name: localizedJson,
    about: localizedJson,
    ...medalJson,
    rule: badgeRuleSchema,
    state: z.enum(["active", "disabled"]),
    customers: z.int().meta({ description: "How many have it now." }),
  })
  .meta({ id: "Badge" });
export type BadgeJson = z.infer<typeof badgeJsonSchema>;

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
