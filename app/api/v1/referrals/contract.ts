import { z } from "zod";
import { listQuery } from "@/lib/auth/api-route";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonList } from "@/lib/core/json";
import { referFriendSchema } from "@/lib/pipeline/intake/refer-friend";
import { referralJsonSchema, referralStoryJsonSchema } from "@/lib/referrals/json";
import { referralFilterSchema } from "@/lib/referrals/queries/referrals";
import { rejectSchema } from "@/lib/referrals/schema";
import { exampleProgram, exampleReferral } from "../examples";

const group = "Referrals";
const filters = referralFilterSchema.shape;
const params = z.object({ id: z.string().min(1).max(40) });
const story = { ...exampleReferral, signals: [], scoreText: null };

export const getReferrals = endpoint({
  method: "GET",
  path: "/referrals",
  group,
  key: "secret",
  summary: "List referrals",
  query: listQuery
    .extend({
      state: filters.state,
      program: filters.program.meta({ description: "Id or slug." }),
      customer: filters.customer.meta({
        description: "The advocate or the friend, by your id or ours.",
      }),
      order: filters.order.meta({ description: "Your id for one of the friend's orders." }),
      review: filters.review.meta({
        description: "true: only those waiting for a decision, the highest score first.",
      }),
      case: filters.case.meta({
        description:
          "true: only those waiting for a decision whose rewards had been released or paid.",
      }),
      search: filters.search.meta({
        description: "Part of a name, email address or code; or an id.",
      }),
    })
    .strict(),
  response: jsonList(referralJsonSchema),
  example: {
    query: "?state=qualified&limit=20",
    response: { data: [exampleReferral], nextCursor: null },
  },
});

export const postReferrals = endpoint({
  method: "POST",
  path: "/referrals",
  group,
  key: "secret",
  summary: "Record that an advocate brought a friend",
  description:
    "As if the friend had accepted the invitation: stored as an event and processed before the " +
    "response. Repeated, it returns the existing referral. The referral may come back rejected, " +
    "with the reason.",
  body: referFriendSchema,
  response: referralStoryJsonSchema.extend({ created: z.boolean() }).meta({ id: "Referred" }),
  errors: ["not_found", "conflict"],
  example: {
    body: {
      program: exampleProgram.slug,
      code: "ANA-7K2Q",
      friend: { id: "c-1002", email: "ben@example.com", name: "Ben" },
    },
    response: { ...story, created: true },
  },
});

export const getReferral = endpoint({
  method: "GET",
  path: "/referrals/{id}",
  group,
  key: "secret",
  summary: "Read a referral's story",
  params,
  response: referralStoryJsonSchema,
  errors: ["not_found"],
  example: { response: story },
});

export const approve = endpoint({
  method: "POST",
  path: "/referrals/{id}/approve",
  group,
  key: "secret",
  summary: "Approve a referral in review",
  description: "Its rewards continue as if it had never been in review.",
  params,
  response: referralStoryJsonSchema,
  errors: ["not_found", "conflict"],
  example: { response: story },
});

export const reject = endpoint({
  method: "POST",
  path: "/referrals/{id}/reject",
  group,
  key: "secret",
  summary: "Reject a referral and reverse its rewards",
  params,
  body: z.strictObject({
    reason: rejectSchema.shape.reason.meta({
      description: "The reason; it appears in the referral's history.",
    }),
  }),
  response: referralStoryJsonSchema,
  errors: ["not_found", "conflict"],
  example: { body: { reason: "Ordered for the same household" }, response: story },
});

export const undo = endpoint({
  method: "POST",
  path: "/referrals/{id}/undo",
  group,
  key: "secret",
  summary: "Undo a rejection",
  description:
    "The referral returns to its previous state, its rewards go back on hold, and everything " +
    "that happened since counts.",
  params,
  response: referralStoryJsonSchema,
  errors: ["not_found", "conflict"],
  example: { response: story },
});
