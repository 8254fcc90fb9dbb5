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
  summary: "Read the tiers",
  response: ladderAnswerSchema,
  example: { response: exampleLadder },
});

export const putTiers = endpoint({
  method: "PUT",
  path: "/tiers",
  group,
  key: "secret",
  summary: "Put the tiers in place",
  description:
    "All of them at once, with what counts and for how long; their thresholds put them in order. A tier keeps its `id`; " +
    "who has one that is no longer named moves to the next lower. After a change of what it takes everybody is counted anew in " +
    "the background, and nobody loses a tier by it before its time is over.",
  body: ladderJsonSchema,
  response: ladderAnswerSchema,
  errors: ["not_found"],
  example: { body: exampleLadderInput, response: exampleLadder },
});
