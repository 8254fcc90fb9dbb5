import { z } from "zod";
import { listQuery } from "@/lib/auth/api-route";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonList } from "@/lib/core/json";
import { idSchema } from "@/lib/core/values/own-id";
import { redemptionJsonSchema } from "@/lib/loyalty/catalogue/json";
import { redemptionFilterSchema } from "@/lib/loyalty/catalogue/queries";
import { REFUSAL_CODES } from "@/lib/loyalty/catalogue/rules";
import { cancelReason, redeemSchema } from "@/lib/loyalty/catalogue/schema/item";
import { exampleRedemption } from "../loyalty-examples";

const group = "Catalogue";
const filters = redemptionFilterSchema.shape;

export const getRedemptions = endpoint({
  method: "GET",
  path: "/redemptions",
  group,
  key: "secret",
  summary: "List redemptions",
  query: listQuery
    .extend({
      state: filters.state,
      item: filters.item,
      customer: filters.customer.meta({ description: "By your id or ours." }),
      search: filters.search.meta({
        description: "Part of a name or email address; a coupon code or an id.",
      }),
    })
    .strict(),
  response: jsonList(redemptionJsonSchema),
  example: {
    query: "?customer=c-1001&state=done",
    response: { data: [exampleRedemption], nextCursor: null },
  },
});

export const redeem = endpoint({
  method: "POST",
  path: "/redemptions",
  group,
  key: "secret",
  summary: "Redeem an item with a customer's points",
  description:
    "Spends the points and grants the item in one step, or does nothing and the error code says " +
    "why. The same `requestKey` again returns what the first call did.",
  body: z.strictObject({
    item: redeemSchema.shape.itemId.meta({ description: "The item's id." }),
    customer: idSchema.meta({ description: "By your id or ours." }),
    program: z.string().min(1).max(100).optional().meta({
      description:
        "Id or slug of the program it is booked under; by default the one they joined last.",
    }),
    requestKey: redeemSchema.shape.requestKey.meta({
      description: "Your own key for this redemption, up to 200 characters.",
    }),
  }),
  response: redemptionJsonSchema,
  errors: ["not_found", "conflict", "idempotency_conflict", ...REFUSAL_CODES],
  example: {
    body: { item: exampleRedemption.item, customer: "c-1001", requestKey: "basket-7781" },
    response: exampleRedemption,
  },
});

export const cancel = endpoint({
  method: "POST",
  path: "/redemptions/{id}/cancel",
  group,
  key: "secret",
  summary: "Cancel a redemption",
  description:
    "Reverses the item and returns the points to the lots they came from. Fails once it was used " +
    "or delivered.",
  params: z.object({ id: z.string().min(1).max(40) }),
  body: z.strictObject({
    reason: cancelReason.meta({ description: "The reason; the customer reads it." }),
  }),
  response: redemptionJsonSchema,
  errors: ["not_found", "conflict"],
  example: {
    body: { reason: "Ordered in the wrong size" },
    response: {
      ...exampleRedemption,
      state: "cancelled",
      rewardState: "reversed",
      coupon: null,
      cancelledAt: "2026-12-03T09:00:00.000Z",
      cancelledBy: "Backend",
      reason: "Ordered in the wrong size",
    },
  },
});
