import { z } from "zod";
import { listQuery } from "@/lib/auth/api-route";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonAmount, jsonCurrency, jsonList } from "@/lib/core/json";
import { idSchema } from "@/lib/core/values/own-id";
import {
  advocateJsonSchema,
  customerJsonSchema,
  customerRecordJsonSchema,
} from "@/lib/customers/json";
import { emailSchema } from "@/lib/core/values/email";
import { customerFilterSchema } from "@/lib/customers/schema";
import { boundedJson, UnboundedJson } from "@/lib/events/rules/free-json";
import { adjustJsonSchema } from "@/lib/ledger/schema";
import { loyaltyShape } from "@/lib/loyalty/json";
import { payoutDetailsShape } from "@/lib/rewards/destinations/json";
import { exampleAdvocate, exampleCustomer, exampleCustomerRecord } from "../examples";
import { exampleLoyalty } from "../tier-and-badge-examples";

const group = "Customers";
const filters = customerFilterSchema.shape;
const recordJsonSchema = customerRecordJsonSchema
  .extend({ ...loyaltyShape, ...payoutDetailsShape })
  .meta({ id: "CustomerRecord" });
const exampleRecord = {
  ...exampleCustomerRecord,
  ...exampleLoyalty,
  payoutDetails: {
    kind: "iban" as const,
    masked: "DE •••• 3000",
    usableFrom: "2026-09-14T08:05:31.000Z",
  },
};

export const getCustomers = endpoint({
  method: "GET",
  path: "/customers",
  group,
  key: "secret",
  summary: "List customers",
  query: listQuery
    .extend({
      search: filters.search.meta({ description: "Part of a name, an email address or your id." }),
      email: filters.email,
      program: filters.program.meta({
        description: "Only advocates of this program: its id or slug.",
      }),
    })
    .strict(),
  response: jsonList(customerJsonSchema),
  example: { query: "?search=ana", response: { data: [exampleCustomer], nextCursor: null } },
});

const traits = z.record(z.string(), z.unknown()).transform((value, context) => {
  try {
    return boundedJson(value, "traits");
  } catch (error) {
    if (!(error instanceof UnboundedJson)) throw error;
    context.addIssue({ code: "custom", message: error.message });
    return z.NEVER;
  }
});

export const postCustomers = endpoint({
  method: "POST",
  path: "/customers",
  group,
  key: "secret",
  summary: "Create or update a customer",
  description:
    "Found by your id, then by email. Repeating the request changes nothing more, however many " +
    "arrive at once. With `program` they join it, and the response carries their code and links.",
  body: z
    .strictObject({
      id: idSchema.optional().meta({ description: "Your own id for the customer." }),
      email: emailSchema.optional(),
      name: z.string().trim().min(1).max(200).optional(),
      locale: z
        .string()
        .max(35)
        .optional()
        .meta({
          description:
            "A language tag. Emails and pages come in English, Albanian and Chinese; any other " +
            "language leaves the one that is known.",
        }),
      traits: traits.optional().meta({ description: "Facts for segments; null removes one." }),
      program: z
        .string()
        .min(1)
        .max(100)
        .optional()
        .meta({ description: "Id or slug of a live program to join." }),
      joinedAt: z.iso.datetime({ offset: true }).optional().meta({
        description: "When they joined, for imported history; no welcome email is sent then.",
      }),
    })
    .refine(({ id, email }) => id !== undefined || email !== undefined, {
      error: "A customer needs an id or an email address.",
      path: ["id"],
    }),
  response: recordJsonSchema
    .extend({
      created: z.boolean(),
      advocate: advocateJsonSchema
        .nullable()
        .meta({ description: "Their code and links in the program you named." }),
    })
    .meta({ id: "Enrolled" }),
  errors: ["not_found", "conflict"],
  example: {
    body: {
      id: "c-1001",
      email: "ana@example.com",
      name: "Ana",
      program: exampleAdvocate.programSlug,
    },
    response: { ...exampleRecord, created: true, advocate: exampleAdvocate },
  },
});

export const getCustomer = endpoint({
  method: "GET",
  path: "/customers/{id}",
  group,
  key: "secret",
  summary: "Read a customer, with codes, balance, tier and badges",
  params: z.object({ id: z.string().min(1).max(200).meta({ description: "Your id, or ours." }) }),
  response: recordJsonSchema,
  errors: ["not_found"],
  example: { response: exampleRecord },
});

export const postAdjustment = endpoint({
  method: "POST",
  path: "/customers/{id}/adjustments",
  group,
  key: "secret",
  summary: "Adjust a customer's balance",
  description:
    "Adds to the balance, or deducts what is there and has not expired. An addition first repays " +
    "what the customer owes. The same `key` again changes nothing; with other content it fails.",
  params: z.object({ id: z.string().min(1).max(200).meta({ description: "Your id, or ours." }) }),
  body: adjustJsonSchema,
  response: z
    .object({
      posted: z.boolean().meta({ description: "False if this key was posted before." }),
      amount: jsonAmount,
      currency: jsonCurrency,
      repaid: jsonAmount.meta({
        description: "How much of it repaid what they owed; 0 for a repeat.",
      }),
      balance: jsonAmount.meta({ description: "Their balance now, less what they owe." }),
    })
    .meta({ id: "Adjustment" }),
  errors: ["not_found", "conflict", "idempotency_conflict"],
  example: {
    body: {
      amount: "-5.00",
      currency: "USD",
      reason: "Credited twice by mistake",
      key: "ticket-4711",
    },
    response: { posted: true, amount: "-5.00", repaid: "0.00", balance: "10.00", currency: "USD" },
  },
});
