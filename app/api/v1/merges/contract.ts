import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { idSchema } from "@/lib/core/values/own-id";
import { duplicateJsonSchema, mergeJsonSchema } from "@/lib/pipeline/merge/json";
import { exampleCustomer } from "../examples";

const group = "Customers";
const customer = z.object({
  id: z.string().min(1).max(200).meta({ description: "Your id, or ours." }),
});
const exampleShared = {
  kind: "email" as const,
  said: "ana@example.com",
  otherSaid: "ana+shop@example.com",
  proven: true,
};
const exampleMerge = {
  id: "mrg_06a1cz6t8c0000v9e2m5r1y7d4kp",
  from: "cus_06a1cz6t8c0000q2w8x4n6p3j5hm",
  into: exampleCustomer.goodwordId,
  at: "2026-11-21T10:00:00.000Z",
  actor: "Shop server",
  why: "api" as const,
  shared: [exampleShared],
  undoneAt: null,
  stayed: null,
};

export const getDuplicates = endpoint({
  method: "GET",
  path: "/customers/{id}/duplicates",
  group,
  key: "secret",
  summary: "List customers who may be the same person",
  description:
    "Compared by what was said of them: email addresses without tags and dots, phone numbers, " +
    "browsers. Customers whom a member told apart are left out.",
  params: customer,
  response: z.object({ data: z.array(duplicateJsonSchema) }).meta({ id: "Duplicates" }),
  errors: ["not_found"],
  example: {
    response: {
      data: [
        {
          id: "c-77",
          goodwordId: exampleMerge.from,
          email: "ana+shop@example.com",
          name: "Ana",
          createdAt: "2026-11-20T10:00:00.000Z",
          orderCount: 1,
          shared: [exampleShared],
        },
      ],
    },
  },
});

export const postMerge = endpoint({
  method: "POST",
  path: "/customers/{id}/merge",
  group,
  key: "secret",
  summary: "Merge a customer into another",
  description:
    "For two records of one person. Balances, orders, events, referrals, codes, tier and badges " +
    "follow to the customer that remains, and both ids and addresses lead there from then on. " +
    "Rewards are settled anew. A merge can be undone.",
  params: customer,
  body: z.strictObject({
    into: idSchema.meta({ description: "The customer that remains: your id, or ours." }),
  }),
  response: mergeJsonSchema,
  errors: ["not_found", "conflict"],
  example: { body: { into: exampleCustomer.id }, response: exampleMerge },
});

export const postUndoMerge = endpoint({
  method: "POST",
  path: "/merges/{id}/undo",
  group,
  key: "secret",
  summary: "Undo a merge",
  description:
    "Moves back what is still there, and says what is not. The two are not suggested as " +
    "duplicates again.",
  params: z.object({ id: z.string().min(1).max(40) }),
  response: mergeJsonSchema,
  errors: ["not_found", "conflict"],
  example: {
    response: { ...exampleMerge, undoneAt: "2026-11-22T10:00:00.000Z", stayed: [] },
  },
});
