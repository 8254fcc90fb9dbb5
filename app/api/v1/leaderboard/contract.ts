import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonList } from "@/lib/core/json";
import {
  leaderboardJsonSchema,
  seasonJsonSchema,
  rankedAdvocateJsonSchema,
} from "@/lib/loyalty/leaderboards/json";

const program = z.string("Say which program.").min(1).max(100).meta({ description: "Id or slug." });
const id = z.string().min(1).max(40);
const group = "Leaderboard";

const exampleLeaderboard = {
  id: "brd_01kamb4c2e00003v7q2x4m8n5d",
  name: { en: "This week", sq: "Kjo javë", zh: "本周" },
  metric: "referrals" as const,
  cadence: "week" as const,
};
const exampleSeason = {
  id: "sea_01kamb4c2f00009w5t1y6k3h2r",
  startsAt: "2026-11-16T00:00:00.000Z",
  endsAt: "2026-11-23T00:00:00.000Z",
  state: "running" as const,
};

export const getLeaderboard = endpoint({
  method: "GET",
  path: "/leaderboard",
  group,
  key: "secret",
  summary: "Read a program's leaderboard",
  description:
    "Customers who chose a name for it, by rank, on one page. Without `board` it is the " +
    "program's first leaderboard; without `season`, the current one.",
  query: z.strictObject({
    program,
    board: id.optional().meta({ description: "Id, as in `GET /leaderboards`." }),
    season: id.optional().meta({ description: "Id: this season or a past one." }),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(200)
      .default(10)
      .meta({ description: "How many rows, 1 to 200." }),
  }),
  response: jsonList(rankedAdvocateJsonSchema).extend({
    board: leaderboardJsonSchema
      .nullable()
      .meta({ description: "Null when the program has none." }),
    season: seasonJsonSchema.nullable(),
    people: z.int().meta({ description: "How many customers are on it." }),
  }),
  errors: ["not_found"],
  example: {
    query: "?program=bean-leaf-give-10-get-10-k4wz",
    response: {
      data: [
        {
          place: 1,
          alias: "Ana from the harbour",
          score: "4",
          currency: null,
          confirmedFriends: 4,
          customer: "c-1001",
        },
      ],
      nextCursor: null,
      board: exampleLeaderboard,
      season: exampleSeason,
      people: 1,
    },
  },
});

export const listLeaderboards = endpoint({
  method: "GET",
  path: "/leaderboards",
  group,
  key: "secret",
  summary: "List a program's leaderboards",
  description: "With their seasons, latest first, on one page.",
  query: z.strictObject({ program }),
  response: jsonList(leaderboardJsonSchema.extend({ seasons: z.array(seasonJsonSchema) })),
  errors: ["not_found"],
  example: {
    query: "?program=bean-leaf-give-10-get-10-k4wz",
    response: { data: [{ ...exampleLeaderboard, seasons: [exampleSeason] }], nextCursor: null },
  },
});
