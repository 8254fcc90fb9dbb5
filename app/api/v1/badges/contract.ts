import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { badgeInputSchema } from "@/lib/loyalty/badges/schema";
import { badgeJsonSchema } from "@/lib/loyalty/badges/json";
import { exampleBadge, exampleBadgeInput } from "../tier-and-badge-examples";

const group = "Tiers and badges";

export const getBadges = endpoint({
  method: "GET",
  path: "/badges",
  group,
  key: "secret",
  summary: "List the badges",
  response: z.object({
    data: z.array(badgeJsonSchema).meta({ description: "In your own order, all of them." }),
    nextCursor: z.null(),
  }),
  example: { response: { data: [exampleBadge], nextCursor: null } },
});

export const postBadges = endpoint({
  method: "POST",
  path: "/badges",
  group,
  key: "secret",
  summary: "Make a badge",
  status: 201,
  description: "Whoever has earned it already is given it in the background.",
  body: badgeInputSchema,
  response: badgeJsonSchema,
  errors: ["conflict"],
  example: { body: exampleBadgeInput, response: exampleBadge },
});

export const putBadge = endpoint({
  method: "PUT",
  path: "/badges/{id}",
  group,
  key: "secret",
  summary: "Change a badge",
  description:
    "Say all of it anew. Who has it keeps it, under another rule and when it is switched off.",
  params: z.object({ id: z.string().min(1).max(40) }),
  body: badgeInputSchema,
  response: badgeJsonSchema,
  errors: ["not_found"],
  example: { body: exampleBadgeInput, response: exampleBadge },
});
