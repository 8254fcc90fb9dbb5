import { endpoint } from "@/lib/auth/endpoint";
import { ladderAnswerSchema } from "@/lib/loyalty/tiers/json";
import { ladderJsonSchema } from "@/lib/loyalty/tiers/schema";
import { exampleLadder, exampleLadderInput } from "../tier-and-badge-examples";

const group = "Tiers and badges";

export const getTiers = endpoint({
  method: "GET",
  path: "/tiers",
  group,
  key: "secret",
  summary: "List the tiers",
  response: ladderAnswerSchema,
  example: { response: exampleLadder },
});

export const putTiers = endpoint({
  method: "PUT",
  path: "/tiers",
  group,
  key: "secret",
  summary: "Replace the tiers",
  description:
    "All tiers at once, with what counts and for how long, ordered by threshold. A tier keeps " +
    "its `id`. Customers in a tier that is no longer listed move to the next lower one. After a " +
    "change of the requirements every customer is recounted in the background; nobody loses a " +
    "tier before it expires.",
  body: ladderJsonSchema,
  response: ladderAnswerSchema,
  errors: ["not_found"],
  example: { body: exampleLadderInput, response: exampleLadder },
});
