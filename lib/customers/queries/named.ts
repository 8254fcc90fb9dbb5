import { Prisma } from "@/lib/core/db";
import { rowsAsJson } from "@/lib/core/statements/pending-writes";
import { dateOf, type Query } from "@/lib/core/statements/query";
import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import { type Asked, askedRows } from "../rules/asked";
import type { SaidKey } from "../rules/keys";

/** A customer as a request finds and leaves them. */
export type NamedCustomer = {
  id: string;
  externalId: string | null;
  email: string | null;
  name: string | null;
  locale: string | null;
  traits: Record<string, unknown>;
  firstSeenAt: Date;
  /** Others share a key of theirs, or a browser. */
  shares: boolean;
};

/** What led to a customer. */
type Lead = "id" | "email" | "advocate" | "browser" | "coupon" | "order";

/** A customer to whom something leads that is asked about. */
export type FoundCustomer = NamedCustomer & {
  /** Whose asking it was, by its place in the list. */
  place: number;
  how: Lead[];
  keys: (Pick<SaidKey, "kind" | "value"> & { proven: boolean })[];
  /** When they were last named in the browser that is said; null if never. */
  seenInAt: Date | null;
  /** It is theirs for sure. */
  isTheirBrowser: boolean;
  /** Browsers that others were seen in too, as far as they are few. */
  sharedBrowsers: string[];
};

/** Somebody who has something of what is said in one place of the list. */
type Sharer = { place: number; customerId: string };

/** Whom what is asked leads to, with all that identifying them may ask. */
export type FoundPeople = { peopleFound: FoundCustomer[]; peopleSharing: Sharer[] };

/** More shared browsers of one customer are not told apart. */
const MOST_BROWSERS = 20;

/**
 * Asks who is known by what is asked, and who else has some of what is said, for `readTogether`. A
 * record that was merged stands for the one it was merged into. Each look is limited to what its
 * key leads to, so that it goes by the key whatever the planner believes of the tables.
 */
export function peopleQueries({ merchantId }: Tx, asked: readonly Asked[]) {
  const value = Prisma.sql`${rowsAsJson(askedRows(merchantId, asked))}::jsonb`;
  const given = { name: "asked", value };
  const json = Prisma.sql`(SELECT value FROM asked)`;
  const peopleFound: Query<FoundCustomer> = {
    given,
    sql: Prisma.sql`
      SELECT m.place, m.how, c.id, c.external_id AS "externalId", c.email, c.name, c.locale,
        c.traits, c.first_seen_at AS "firstSeenAt", k.keys, v.seen_in_at AS "seenInAt",
        COALESCE(v.proven, false) AS "isTheirBrowser", b.browsers AS "sharedBrowsers",
        k.shares OR cardinality(b.browsers) > 0 AS shares
      FROM (
        SELECT place, customer_id, array_agg(how) AS how
        FROM goodword_people_meant(${merchantId}, ${json}) GROUP BY place, customer_id
      ) m
      CROSS JOIN LATERAL (
        SELECT * FROM customer c
        WHERE c.merchant_id = ${merchantId} AND c.id = m.customer_id LIMIT 1
      ) c
      JOIN jsonb_to_recordset(${json}) AS a (place int, browser text) ON a.place = m.place
      LEFT JOIN LATERAL (
        SELECT v.linked_at AS seen_in_at, v.proven FROM customer_visitor v
        WHERE v.merchant_id = ${merchantId} AND v.visitor_id = a.browser AND v.customer_id = c.id
        LIMIT 1
      ) v ON true
      CROSS JOIN LATERAL (
        SELECT COALESCE(jsonb_agg(
            jsonb_build_object('kind', k.kind, 'value', k.value, 'proven', k.proven)
          ), '[]') AS keys,
          COALESCE(bool_or(EXISTS (
            SELECT FROM customer_key o WHERE o.merchant_id = ${merchantId} AND o.kind = k.kind
              AND o.value = k.value AND o.customer_id <> c.id
          )), false) AS shares
        FROM customer_key k WHERE k.merchant_id = ${merchantId} AND k.customer_id = c.id
      ) k
      CROSS JOIN LATERAL (
        SELECT ARRAY(
          SELECT v.visitor_id FROM customer_visitor v
          CROSS JOIN LATERAL (
            SELECT FROM customer_visitor w WHERE w.merchant_id = ${merchantId}
              AND w.visitor_id = v.visitor_id AND w.customer_id <> c.id LIMIT 1
          ) w
          WHERE v.merchant_id = ${merchantId} AND v.customer_id = c.id LIMIT ${MOST_BROWSERS}
        ) AS browsers
      ) b`,
    row: (row) => ({
      ...row,
      firstSeenAt: dateOf(row.firstSeenAt as string),
      seenInAt: dateOf(row.seenInAt as string | null),
    }),
  };
  return { peopleFound, peopleSharing: sharingQuery(merchantId, given) };
}

/** Two of each are enough to know that there is another one. */
function sharingQuery(merchantId: string, given: Query<Sharer>["given"]): Query<Sharer> {
  return {
    given,
    sql: Prisma.sql`
      SELECT DISTINCT a.place, s.customer_id AS "customerId"
      FROM jsonb_to_recordset((SELECT value FROM asked)) AS a (place int, keys jsonb, browser text)
      CROSS JOIN LATERAL (
        (
          SELECT o.customer_id FROM jsonb_to_recordset(a.keys) AS k (kind text, value text)
          CROSS JOIN LATERAL (
            SELECT o.customer_id FROM customer_key o
            WHERE o.merchant_id = ${merchantId} AND o.kind = k.kind AND o.value = k.value LIMIT 2
          ) o
        ) UNION ALL (
          SELECT v.customer_id FROM customer_visitor v
          WHERE v.merchant_id = ${merchantId} AND v.visitor_id = a.browser LIMIT 2
        )
      ) s`,
    row: (row) => row,
  };
}

/** The customers whom an id or an address leads to, by our id, without making anybody known. */
export async function idsNamed(
  scope: Scope,
  { externalId, email }: { externalId?: string; email?: string },
): Promise<string[]> {
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<{ id: string }[]>`
    SELECT COALESCE(merged_into_id, id) AS id FROM customer
    WHERE merchant_id = ${scope.merchantId}
      AND (external_id = ${externalId ?? null} OR email = ${email ?? null})`,
  );
  return rows.map(({ id }) => id);
}
