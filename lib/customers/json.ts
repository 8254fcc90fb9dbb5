import { z } from "zod";
import { publicUrl } from "@/lib/core/address";
import { jsonAmount, jsonCurrency, jsonTime, timeOrNull } from "@/lib/core/json";
import { assetCode, decimal } from "@/lib/core/money";
import { type Balances, balanceShown } from "@/lib/ledger/queries/balances";
import type { Scope } from "@/lib/merchants/scope";
import type { Advocacy } from "./queries/customers";
import type { CustomerRow } from "./queries/list-customers";
import type { CustomerRecord } from "./queries/customer-record";

/** A customer's id in the API: the merchant's own if it gave one, else ours. */
export function customerRef({ id, externalId }: { id: string; externalId: string | null }): string {
  return externalId ?? id;
}

const ref = z.string().meta({
  description:
    "Your id of the customer, or ours if you gave none. Both work wherever one is named.",
});
const ours = z.string().meta({ description: "Our id of the customer.", example: "cus_06…" });

/** A reference to a customer from another resource. */
export const jsonPersonSchema = z
  .object({
    id: ref,
    goodwordId: ours,
    name: z.string().nullable(),
    email: z.string().nullable(),
  })
  .meta({ id: "Person" });

export const customerJsonSchema = z
  .object({
    id: ref,
    goodwordId: ours,
    email: z.string().nullable(),
    name: z.string().nullable(),
    locale: z
      .enum(["en", "sq", "zh"])
      .nullable()
      .meta({ description: "The language we write to them in." }),
    createdAt: jsonTime,
    firstOrderAt: jsonTime.nullable().meta({
      description: "Their first order that cost something and was not sent back whole.",
    }),
    lastOrderAt: jsonTime.nullable(),
    orderCount: z.int(),
    revenue: jsonAmount.meta({ description: "Their orders less refunds." }),
    currency: jsonCurrency,
    referred: z.boolean().meta({ description: "A friend brought them." }),
  })
  .meta({ id: "Customer" });
export type CustomerJson = z.infer<typeof customerJsonSchema>;

export const advocateJsonSchema = z
  .object({
    program: z.string().meta({ description: "The program's id." }),
    programSlug: z.string(),
    code: z.string().meta({ description: "The code that they share and say." }),
    link: z.string().meta({ description: "The link that they share; it counts the click." }),
    inviteUrl: z.string().meta({ description: "The invitation that a friend sees." }),
    referUrl: z.string().meta({ description: "Their own page, with friends and rewards." }),
    joinedAt: jsonTime,
    alias: z
      .string()
      .nullable()
      .meta({ description: "Their name on the leaderboard; null keeps them off it." }),
    confirmedFriends: z.int(),
    rewards: z.int(),
  })
  .meta({ id: "Advocate" });
export type AdvocateJson = z.infer<typeof advocateJsonSchema>;

export const customerRecordJsonSchema = customerJsonSchema.extend({
  traits: z.record(z.string(), z.unknown()),
  advocates: z
    .array(advocateJsonSchema)
    .meta({ description: "One for each program that they share." }),
  balance: z
    .array(
      z.object({
        currency: jsonCurrency,
        pending: jsonAmount.meta({ description: "Granted, still on hold." }),
        available: jsonAmount.meta({ description: "Theirs to use." }),
        owed: jsonAmount.meta({
          description:
            "Refunded after it was spent, if balances may go below 0; later rewards repay it.",
        }),
        balance: jsonAmount.meta({ description: "Available less owed: what they see." }),
        issued: jsonAmount.meta({
          description: "Handed out as a coupon or owed as cash, not used yet.",
        }),
        spent: jsonAmount.meta({ description: "Used." }),
      }),
    )
    .meta({ description: "One line for each currency, and one for points." }),
});
export type CustomerRecordJson = z.infer<typeof customerRecordJsonSchema>;

export function customerToJson(scope: Scope, row: Omit<CustomerRow, "advocacies">): CustomerJson {
  const { email, name, orderCount, referred } = row;
  return {
    id: customerRef(row),
    goodwordId: row.id,
    email,
    name,
    locale: row.locale as CustomerJson["locale"],
    createdAt: row.createdAt.toISOString(),
    firstOrderAt: timeOrNull(row.firstOrderAt),
    lastOrderAt: timeOrNull(row.lastOrderAt),
    orderCount,
    revenue: decimal({ minor: row.revenueMinor, asset: scope.asset }),
    currency: scope.currency,
    referred,
  };
}

export function customerRecordToJson(scope: Scope, record: CustomerRecord): CustomerRecordJson {
  return {
    ...customerToJson(scope, record),
    traits: record.traits,
    advocates: record.advocacies.map(advocateToJson),
    balance: balancesToJson(scope, record.balances),
  };
}

function advocateToJson({
  program,
  codes,
  joinedAt,
  alias,
  qualifiedCount,
  rewardCount,
}: Advocacy): AdvocateJson {
  const code = codes[0] ?? "";
  return {
    program: program.id,
    programSlug: program.slug,
    code,
    link: publicUrl(`/r/${code}`),
    inviteUrl: publicUrl(`/i/${code}`),
    referUrl: publicUrl(`/refer/${program.slug}`),
    joinedAt: joinedAt.toISOString(),
    alias,
    confirmedFriends: qualifiedCount,
    rewards: rewardCount,
  };
}

/** The shop's currency is always among them. */
function balancesToJson(
  { asset }: Scope,
  balances: readonly Balances[],
): CustomerRecordJson["balance"] {
  const none = { asset, funding: 0n, pending: 0n, available: 0n, issued: 0n, owed: 0n, spent: 0n };
  const isThere = balances.some((balance) => balance.asset === asset);
  return [...(isThere ? [] : [none]), ...balances].map(balanceToJson);
}

function balanceToJson({
  asset,
  pending,
  available,
  issued,
  owed,
  spent,
}: Balances): CustomerRecordJson["balance"][number] {
  const text = (minor: bigint) => decimal({ minor, asset });
  return {
    currency: assetCode(asset),
    pending: text(pending),
    available: text(available),
    owed: text(-owed),
    balance: text(balanceShown({ available, owed })),
    issued: text(issued),
    spent: text(spent),
  };
}
