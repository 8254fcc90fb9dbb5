import { Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { defineWrite } from "@/lib/core/statements/pending-writes";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { CustomerChange, NewCustomer, PersonWrites } from "../rules/person-writes";

/**
 * Leaves what was decided of people to be written with whatever else waits. Their names and rows
 * are locked since before it was decided, so no key can be another's by now.
 */
export function writePeople(tx: Tx, people: readonly PersonWrites[]): void {
  for (const { insert, change, keys, noted, browsers } of people) {
    if (insert) tx.later(newCustomers, insert);
    if (change) tx.later(customerChanges, change);
    tx.later(customerKeys, ...keys);
    tx.later(notedIdentities, ...noted);
    tx.later(customerBrowsers, ...browsers);
  }
}

const newCustomers = defineWrite<NewCustomer>({
  name: "new_customers",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO customer (merchant_id, id, external_id, email, email_identity, name, locale, traits,
      created_at, first_seen_at, order_count, revenue_minor, first_order_at, last_order_at)
    SELECT ${merchantId}, n.* FROM json_to_recordset(${rows}) AS n (id text, "externalId" text,
      email text, "emailIdentity" text, name text, locale text, traits jsonb,
      "createdAt" timestamptz, "firstSeenAt" timestamptz, "orderCount" int, "revenueMinor" bigint,
      "firstOrderAt" timestamptz, "lastOrderAt" timestamptz)
    RETURNING 1`,
});

const customerChanges = defineWrite<CustomerChange>({
  name: "customer_changes",
  locks: "customer",
  sql: (rows, merchantId) => Prisma.sql`
    UPDATE customer c SET external_id = COALESCE(n."externalId", c.external_id),
      email = COALESCE(n.email, c.email),
      email_identity = COALESCE(n."emailIdentity", c.email_identity),
      name = COALESCE(n.name, c.name), locale = COALESCE(n.locale, c.locale),
      traits = COALESCE(n.traits, c.traits),
      first_seen_at = LEAST(c.first_seen_at, n."firstSeenAt"),
      order_count = c.order_count + n."ordersAdded",
      revenue_minor = c.revenue_minor + n."revenueAddedMinor",
      first_order_at = LEAST(c.first_order_at, n."firstOrderAt"),
      last_order_at = GREATEST(c.last_order_at, n."lastOrderAt")
    FROM json_to_recordset(${rows}) AS n (id text, "externalId" text, email text,
      "emailIdentity" text, name text, locale text, traits jsonb, "firstSeenAt" timestamptz,
      "ordersAdded" int, "revenueAddedMinor" bigint, "firstOrderAt" timestamptz,
      "lastOrderAt" timestamptz)
    WHERE c.merchant_id = ${merchantId} AND c.id = n.id
    RETURNING 1`,
});

/** What was proven once stays so. */
const customerKeys = defineWrite<PersonWrites["keys"][number]>({
  name: "customer_keys",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO customer_key (merchant_id, kind, value, customer_id, said, proven, first_seen_at,
      proven_by, proven_at)
    SELECT ${merchantId}, kind, value, "customerId", said, "provenBy" IS NOT NULL, "firstSeenAt",
      "provenBy", "provenAt"
    FROM json_to_recordset(${rows}) AS n (kind text, value text, "customerId" text, said text,
      "firstSeenAt" timestamptz, "provenBy" text, "provenAt" timestamptz)
    ORDER BY kind, value
    ON CONFLICT (merchant_id, kind, value, customer_id) DO UPDATE
      SET proven = true, proven_by = EXCLUDED.proven_by, proven_at = EXCLUDED.proven_at
      WHERE EXCLUDED.proven AND NOT customer_key.proven
    RETURNING 1`,
});

/** Leaves customers to be noted of whom something became known by others' facts. */
export function noteIdentities(tx: Tx, customerIds: readonly string[]): void {
  const notedAt = scopeNow(tx);
  const noted = [...new Set(customerIds)].map((customerId) => ({ customerId, notedAt }));
  tx.later(notedIdentities, ...noted.map((one) => ({ ...one, id: newId("idn") })));
}

/** Their referrals are to be looked at again. */
const notedIdentities = defineWrite<PersonWrites["noted"][number]>({
  name: "noted_identities",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO identity_due (merchant_id, customer_id, id, noted_at)
    SELECT ${merchantId}, n.* FROM json_to_recordset(${rows})
      AS n ("customerId" text, id text, "notedAt" timestamptz)
    RETURNING 1`,
});

const customerBrowsers = defineWrite<PersonWrites["browsers"][number]>({
  name: "customer_browsers",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO customer_visitor AS v (merchant_id, customer_id, visitor_id, linked_at, proven)
    SELECT ${merchantId}, n.* FROM json_to_recordset(${rows})
      AS n ("customerId" text, "visitorId" text, "linkedAt" timestamptz, proven boolean)
    ORDER BY "visitorId"
    ON CONFLICT (merchant_id, visitor_id, customer_id) DO UPDATE
      SET linked_at = GREATEST(v.linked_at, EXCLUDED.linked_at),
        proven = v.proven OR EXCLUDED.proven
      WHERE v.linked_at < EXCLUDED.linked_at OR EXCLUDED.proven AND NOT v.proven
    RETURNING 1`,
});
