import { z } from "zod";
import { listQuery } from "@/lib/auth/api-route";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonList } from "@/lib/core/json";
import { receiptJsonSchema, rewardJsonSchema } from "@/lib/rewards/json";
import { rewardFilterSchema } from "@/lib/rewards/queries/reward-filter";
import { deliverSchema, rewardReasonSchema } from "@/lib/rewards/schema";
import { exampleReceipt, exampleReward } from "../examples";

const group = "Rewards";
const filters = rewardFilterSchema.shape;
const params = z.object({ id: z.string().min(1).max(40) });
const deliverBody = z
  .strictObject({
    note: deliverSchema.shape.note.meta({
      description: "A note for the customer, such as a tracking number or a seat.",
    }),
  })
  .optional();

export const getRewards = endpoint({
  method: "GET",
  path: "/rewards",
  group,
  key: "secret",
  summary: "List rewards",
  query: listQuery
    .extend({
      state: filters.state,
      program: filters.program.meta({ description: "Id or slug." }),
      customer: filters.customer.meta({
        description: "The customer who owns it, by your id or ours.",
      }),
      order: filters.order.meta({ description: "Your id for the order that earned it." }),
      referral: filters.referral,
      side: filters.side,
      toGive: filters.toGive.meta({
        description: "true: only what your team must deliver or pay.",
      }),
      search: filters.search.meta({
        description: "Part of a name or email; a coupon code, an order or an id.",
      }),
    })
    .strict(),
  response: jsonList(rewardJsonSchema),
  example: {
    query: "?customer=c-1001&state=held",
    response: { data: [exampleReward], nextCursor: null },
  },
});

export const getReward = endpoint({
  method: "GET",
  path: "/rewards/{id}",
  group,
  key: "secret",
  summary: "Read a reward's receipt",
  description:
    "The rule that granted it, its terms and facts, every step with its reason, and the coupon.",
  params,
  response: receiptJsonSchema,
  errors: ["not_found"],
  example: { response: exampleReceipt },
});

export const voidEndpoint = endpoint({
  method: "POST",
  path: "/rewards/{id}/void",
  group,
  key: "secret",
  summary: "Void or reverse a reward",
  description: "Voids a reward on hold; reverses one that was released and not used yet.",
  params,
  body: z.strictObject({
    reason: rewardReasonSchema.shape.reason.meta({
      description: "The reason; the customer reads it.",
    }),
  }),
  response: receiptJsonSchema,
  errors: ["not_found", "conflict"],
  example: { body: { reason: "Granted for a test order" }, response: exampleReceipt },
});

export const deliver = endpoint({
  method: "POST",
  path: "/rewards/{id}/deliver",
  group,
  key: "secret",
  summary: "Mark a reward as delivered or paid",
  description: "For what your team delivers or pays: gifts, event places, donations, cash.",
  params,
  body: deliverBody,
  response: receiptJsonSchema,
  errors: ["not_found", "conflict"],
  example: { body: { note: "Parcel 00 340 123" }, response: exampleReceipt },
});

/** The name that `deliver` had first. */
export const fulfil = endpoint({
  ...deliver,
  path: "/rewards/{id}/fulfil",
  summary: "Mark a reward as delivered or paid (old name)",
  description: "Use POST /rewards/{id}/deliver, which does the same.",
  deprecated: true,
});
