import { z } from "zod";
import { listQuery } from "@/lib/auth/api-route";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonList } from "@/lib/core/json";
import { nominationJsonSchema } from "@/lib/nominations/json";
import {
  decideNominationSchema,
  nominateSchema,
  nominationFilterSchema,
} from "@/lib/nominations/schema";
import { exampleProgram } from "../examples";

const group = "Nominations";
const filters = nominationFilterSchema.shape;
const { said, orderId } = nominateSchema.shape;
const { decision, code, reason } = decideNominationSchema.shape;
const asked = {
  id: "nom_01j9z3k2m4n5p6q7r8s9t0v1w2",
  program: exampleProgram.id,
  friend: "c-1002",
  advocate: "c-1001",
  said: "ANA-7K2Q",
  order: "1001",
  state: "asked" as const,
  reason: null,
  at: "2026-11-20T09:00:00.000Z",
  confirmedAt: null,
  decidedAt: null,
};

export const getNominations = endpoint({
  method: "GET",
  path: "/nominations",
  group,
  key: "secret",
  summary: "List nominations: who friends say told them",
  query: listQuery
    .extend({
      state: filters.state.meta({ description: "open: everything not decided yet." }),
      search: filters.search.meta({
        description: "Part of a name, an email address or the friend's words; or an order.",
      }),
    })
    .strict(),
  response: jsonList(nominationJsonSchema),
  example: { query: "?state=open", response: { data: [asked], nextCursor: null } },
});

export const postNominations = endpoint({
  method: "POST",
  path: "/nominations",
  group,
  key: "secret",
  summary: "Record who told a friend",
  description:
    "For the page after checkout: the friend's own words, a code, an email address or a name. " +
    "The advocate is asked to confirm, and the program says who decides. Thank the friend the " +
    "same way whatever the response: it would reveal who is a customer.",
  body: z.strictObject({
    program: z.string().min(1).max(100).meta({ description: "Id or slug." }),
    friend: z
      .string()
      .min(1)
      .max(200)
      .meta({ description: "The customer who bought, by your id or ours." }),
    said,
    order: orderId.meta({ description: "Your order id; their first order by default." }),
  }),
  response: nominationJsonSchema,
  errors: ["not_found", "conflict"],
  example: {
    body: { program: exampleProgram.slug, friend: "c-1002", said: "ANA-7K2Q", order: "1001" },
    response: asked,
  },
});

export const postDecide = endpoint({
  method: "POST",
  path: "/nominations/{id}/decide",
  group,
  key: "secret",
  summary: "Accept or reject a nomination",
  description:
    "Accepted, it becomes a referral as of the order. The program's rules still apply and may " +
    "reject it.",
  params: z.object({ id: z.string().min(1).max(40) }),
  body: z.strictObject({
    decision,
    code: code.meta({
      description: "The advocate's code, if nobody matched or someone else is meant.",
    }),
    reason: reason.meta({ description: "Required to reject." }),
  }),
  response: nominationJsonSchema,
  errors: ["not_found", "conflict"],
  example: {
    body: { decision: "accept" },
    response: { ...asked, state: "accepted", decidedAt: "2026-11-21T10:00:00.000Z" },
  },
});
