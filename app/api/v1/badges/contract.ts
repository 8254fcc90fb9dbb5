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
    data: z.array(badgeJsonSchema).meta({ description: "All badges, in your own order." }),
    nextCursor: z.null(),
  }),
  example: { response: { data: [exampleBadge], nextCursor: null } },
});

export const postBadges = endpoint({
  method: "POST",
  path: "/badges",
  group,
  key: "secret",
  summary: "Create a badge",
  status: 201,
  description: "Customers who have already earned it receive it in the background.",
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
    "Send the whole badge. Customers who have it keep it, even under a new rule or once it is " +
    "hidden.",
  params: z.object({ id: z.string().min(1).max(40) }),
  body: badgeInputSchema,
  response: badgeJsonSchema,
  errors: ["not_found"],
  example: { body: exampleBadgeInput, response: exampleBadge },
});
