import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonList } from "@/lib/core/json";
import { standingJsonSchema } from "@/lib/loyalty/json";

export const getLeaderboard = endpoint({
  method: "GET", path: "/leaderboard", group: "Leaderboard", key: "secret", summary: "Read a program's leaderboard",
  description: "Only customers who chose a name for it, by friends who were confirmed. In order of place, all on one page.",
  query: z.strictObject({
    program: z.string("Say which program.").min(1).max(100).meta({ description: "Id or slug." }),
    limit: z.coerce.number().int().min(1).max(200).default(10).meta({ description: "How many, 1 to 200." }),
  }),
  response: jsonList(standingJsonSchema), errors: ["not_found"],
  example: {
    query: "?program=bean-leaf-give-10-get-10-k4wz",
    response: { data: [{ place: 1, alias: "Ana from the harbour", confirmedFriends: 4, customer: "c-1001" }], nextCursor: null },
  },
});
