import { z } from "zod";
import { listQuery } from "@/lib/auth/api-route";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonList } from "@/lib/core/json";
import { itemJsonSchema } from "@/lib/loyalty/catalogue/json";
import { itemFilterSchema } from "@/lib/loyalty/catalogue/queries";
import { ITEM_STATES, itemSchema } from "@/lib/loyalty/catalogue/schema/item";
import { exampleItem, exampleItemInput } from "../loyalty-examples";

const group = "Catalogue";
const filters = itemFilterSchema.shape;
const params = z.object({ id: z.string().min(1).max(40) });

export const getCatalogue = endpoint({
  method: "GET",
  path: "/catalogue",
  group,
  key: "secret",
  summary: "List what points buy",
  description:
    "In your own order. With `customer`, only items on offer, on one page: what they can redeem " +
    "first, and for the others the reason why not.",
  query: listQuery
    .extend({
      customer: z
        .string()
        .max(200)
        .optional()
        .meta({ description: "Whose points and tier to look at, by your id or ours." }),
      state: filters.state,
      tier: filters.tier,
      search: filters.search.meta({ description: "Part of a name, in any language." }),
    })
    .strict(),
  response: jsonList(itemJsonSchema),
  example: { query: "?customer=c-1001", response: { data: [exampleItem], nextCursor: null } },
});

export const addItem = endpoint({
  method: "POST",
  path: "/catalogue",
  group,
  key: "secret",
  summary: "Add an item",
  status: 201,
  description: "It goes on offer at once, at the end of the catalogue.",
  body: itemSchema,
  response: itemJsonSchema,
  errors: ["conflict"],
  example: { body: exampleItemInput, response: { ...exampleItem, customer: null } },
});

export const changeItem = endpoint({
  method: "PUT",
  path: "/catalogue/{id}",
  group,
  key: "secret",
  summary: "Change an item",
  description:
    "Send the whole item; past redemptions keep what they were. `state` hides or shows it.",
  params,
  body: z.object({ ...itemSchema.shape, state: z.enum(ITEM_STATES).optional() }).strict(),
  response: itemJsonSchema,
  errors: ["not_found", "conflict"],
  example: {
    body: { ...exampleItemInput, state: "active" },
    response: { ...exampleItem, customer: null },
  },
});
