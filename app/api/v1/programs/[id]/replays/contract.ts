import { z } from "zod";
import { listQuery } from "@/lib/auth/api-route";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonList } from "@/lib/core/json";
import { replayJsonSchema, replayPersonJsonSchema } from "@/lib/pipeline/replay/json";
import { replayInputSchema } from "@/lib/pipeline/replay/schema";
import { exampleProgram } from "../../../examples";

const group = "Programs";
const params = z.object({
  id: z.string().min(1).max(100).meta({ description: "ID or slug of the program." }),
});

const exampleReplay = {
  id: "rpl_06f1c2h8w0004q7n3v9a2k5m1x",
  program: exampleProgram.id,
  state: "done" as const,
  from: "2026-08-24T00:00:00.000Z",
  until: "2026-11-22T00:00:00.000Z",
  done: 412,
  total: 412,
  error: null,
  createdAt: "2026-11-22T09:00:00.000Z",
  finishedAt: "2026-11-22T09:00:04.000Z",
  currency: "EUR",
  summary: {
    before: { rewards: 96, cost: "960.00" },
    after: { rewards: 104, cost: "812.50" },
    gained: { rewards: 10, cost: "100.00" },
    lost: { rewards: 2, cost: "20.00" },
    changed: { rewards: 94, cost: "-227.50" },
    affected: 87,
    people: 412,
    facts: 2_310,
    rules: [
      {
        rule: "advocate",
        before: { rewards: 48, cost: "480.00" },
        after: { rewards: 52, cost: "332.50" },
        gained: 5,
        lost: 1,
        changed: 47,
      },
    ],
  },
};

export const getReplays = endpoint({
  method: "GET",
  path: "/programs/{id}/replays",
  group,
  key: "secret",
  summary: "List a program's replays",
  params,
  query: listQuery.strict(),
  response: jsonList(replayJsonSchema),
  errors: ["not_found"],
  example: { response: { data: [exampleReplay], nextCursor: null } },
});

export const postReplays = endpoint({
  method: "POST",
  path: "/programs/{id}/replays",
  group,
  key: "secret",
  status: 202,
  summary: "Replay past events with changed terms",
  description:
    "Runs the draft, or the `terms` you send, and the published terms over the events of the " +
    "days from `from` to `to` (the last 90 by default), for friends who joined in that time. " +
    "Grants nothing, moves nothing and notifies no one. Poll the replay until it is done.",
  params,
  body: replayInputSchema,
  response: replayJsonSchema,
  errors: ["not_found", "conflict"],
  example: {
    body: { from: "2026-08-24", to: "2026-11-21" },
    response: {
      ...exampleReplay,
      state: "queued",
      done: 0,
      total: 0,
      finishedAt: null,
      summary: null,
    },
  },
});

export const getReplay = endpoint({
  method: "GET",
  path: "/programs/{id}/replays/{replay}",
  group,
  key: "secret",
  summary: "Read a replay by person",
  description: "`people` lists those whose rewards would differ, largest difference in cost first.",
  params: params.extend({
    replay: z.string().min(1).max(60).meta({ description: "ID of the replay." }),
  }),
  query: listQuery.strict(),
  response: replayJsonSchema
    .extend({ people: jsonList(replayPersonJsonSchema) })
    .meta({ id: "ReplayWithPeople" }),
  errors: ["not_found"],
  example: {
    response: {
      ...exampleReplay,
      people: {
        data: [
          {
            customer: "c-1001",
            rewardsBefore: 1,
            rewardsAfter: 1,
            costBefore: "10.00",
            costAfter: "4.20",
            differences: [
              {
                change: "changed",
                rule: "advocate",
                side: "advocate",
                orderId: "A-1042",
                at: "2026-11-02T10:00:00.000Z",
                before: { benefit: "credit", amount: "10.00", currency: "EUR", cost: "10.00" },
                after: { benefit: "credit", amount: "4.20", currency: "EUR", cost: "4.20" },
                reason: "The amount is different.",
              },
            ],
          },
        ],
        nextCursor: null,
      },
    },
  },
});
