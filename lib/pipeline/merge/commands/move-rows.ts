import { Prisma } from "@/lib/core/db";
import type { Tx } from "@/lib/merchants/scope";
import type { Moved } from "../schema";

export type Pair = { fromId: string; intoId: string };

type Table = {
  table: string;
  key: string;
  /** Whose it is. */
  column: string;
  /** What only one row of a customer may have: a row whose place is taken stays. */
  once?: string;
};

/** What follows a customer row by row, by the name under which the journal keeps it. */
const TABLES: Record<string, Table> = {
  orders: { table: "shop_order", key: "id", column: "customer_id" },
  events: { table: "event_outcome", key: "event_id", column: "customer_id" },
  rewards: { table: "reward", key: "id", column: "customer_id" },
  coupons: { table: "coupon", key: "code", column: "customer_id" },
  questions: { table: "review_request", key: "id", column: "customer_id" },
  emails: { table: "message", key: "id", column: "customer_id" },
  redemptions: { table: "redemption", key: "id", column: "customer_id", once: "request_key" },
  nominations: { table: "nomination", key: "id", column: "friend_id", once: "program_id" },
  badges: { table: "badge_award", key: "id", column: "customer_id", once: "badge_id" },
};

/** Gives the rows of one customer to another. @returns their keys, by kind */
export async function moveRows(tx: Tx, { fromId, intoId }: Pair): Promise<Moved["rows"]> {
  const moved: Moved["rows"] = {};
  for (const [name, { table, key, column, once }] of Object.entries(TABLES)) {
    const [of, its, whose] = [Prisma.raw(table), Prisma.raw(key), Prisma.raw(column)];
    const unlessTaken = once
      ? Prisma.sql`AND NOT EXISTS (
          SELECT FROM ${of} o WHERE o.merchant_id = t.merchant_id AND o.${whose} = ${intoId}
            AND o.${Prisma.raw(once)} = t.${Prisma.raw(once)})`
      : Prisma.empty;
    const rows = await tx.db.$queryRaw<{ key: string }[]>`
      UPDATE ${of} t SET ${whose} = ${intoId}
      WHERE t.merchant_id = ${tx.merchantId} AND t.${whose} = ${fromId} ${unlessTaken}
      RETURNING t.${its} AS key`;
    if (rows.length > 0) moved[name] = rows.map((row) => row.key);
  }
  return moved;
}

/** Gives back the rows that a merge moved. @returns the names of kinds of which some did not go */
export async function moveRowsBack(
  tx: Tx,
  { fromId, intoId }: Pair,
  moved: Moved["rows"],
): Promise<string[]> {
  const stayed: string[] = [];
  for (const [name, keys] of Object.entries(moved)) {
    const known = TABLES[name];
    if (!known) continue;
    const [of, whose] = [Prisma.raw(known.table), Prisma.raw(known.column)];
    const count = await tx.db.$executeRaw`
      UPDATE ${of} SET ${whose} = ${fromId}
      WHERE merchant_id = ${tx.merchantId} AND ${whose} = ${intoId}
        AND ${Prisma.raw(known.key)} = ANY(${keys}::text[])`;
    if (count < keys.length) stayed.push(name);
  }
  return stayed;
}

/**
 * Two rewards of one cause cannot both name it: the one that moves keeps its own beside it.
 * @returns the causes as they were
 */
export async function freeCauses(tx: Tx, { fromId, intoId }: Pair): Promise<Moved["causes"]> {
  return tx.db.$queryRaw<Moved["causes"]>`
    WITH same AS (
      SELECT r.id, r.cause_ref FROM reward r
      JOIN reward o ON o.merchant_id = r.merchant_id AND o.customer_id = ${intoId}
        AND o.program_id = r.program_id AND o.rule_id = r.rule_id
        AND o.cause_kind = r.cause_kind AND o.cause_ref = r.cause_ref
      WHERE r.merchant_id = ${tx.merchantId} AND r.customer_id = ${fromId}
    )
    UPDATE reward r SET cause_ref = r.cause_ref || ':' || r.id FROM same s
    WHERE r.merchant_id = ${tx.merchantId} AND r.id = s.id
    RETURNING r.id, s.cause_ref AS "causeRef"`;
}

/** Gives rewards that went back the causes that they had. */
export async function restoreCauses(tx: Tx, causes: Moved["causes"]): Promise<void> {
  for (const { id, causeRef } of causes)
    await tx.db.$executeRaw`
      UPDATE reward SET cause_ref = ${causeRef}
      WHERE merchant_id = ${tx.merchantId} AND id = ${id}`;
}

/** The browsers and keys of both become the remaining one's. */
export async function moveKeys(
  { db, merchantId }: Tx,
  { fromId, intoId }: Pair,
): Promise<Pick<Moved, "browsers" | "keys">> {
  const browsers = await db.$queryRaw<Moved["browsers"]>`
    WITH gone AS (
      DELETE FROM customer_visitor WHERE merchant_id = ${merchantId} AND customer_id = ${fromId}
      RETURNING visitor_id, linked_at, proven
    ), come AS (
      INSERT INTO customer_visitor AS v (merchant_id, visitor_id, customer_id, linked_at, proven)
      SELECT ${merchantId}, visitor_id, ${intoId}, linked_at, proven FROM gone
      ON CONFLICT (merchant_id, visitor_id, customer_id) DO UPDATE
        SET linked_at = GREATEST(v.linked_at, EXCLUDED.linked_at),
          proven = v.proven OR EXCLUDED.proven
      RETURNING visitor_id, xmax = 0 AS is_new
    )
    SELECT visitor_id AS id, to_json(linked_at) #>> '{}' AS at, proven, is_new AS "isNew"
    FROM gone JOIN come USING (visitor_id)`;
  const keys = await db.$queryRaw<Moved["keys"]>`
    WITH gone AS (
      DELETE FROM customer_key WHERE merchant_id = ${merchantId} AND customer_id = ${fromId}
      RETURNING kind, value, said, proven, first_seen_at, proven_by, proven_at, doubted_at
    ), come AS (
      INSERT INTO customer_key AS k (merchant_id, kind, value, customer_id, said, proven,
        first_seen_at, proven_by, proven_at, doubted_at)
      SELECT ${merchantId}, kind, value, ${intoId}, said, proven, first_seen_at, proven_by,
        proven_at, doubted_at FROM gone
      ON CONFLICT (merchant_id, kind, value, customer_id) DO UPDATE
        SET proven = k.proven OR EXCLUDED.proven,
          proven_by = COALESCE(k.proven_by, EXCLUDED.proven_by),
          proven_at = CASE WHEN k.proven THEN k.proven_at ELSE EXCLUDED.proven_at END
      RETURNING kind, value, xmax = 0 AS is_new
    )
    SELECT kind, value, said, proven, to_json(first_seen_at) #>> '{}' AS at,
      proven_by AS "provenBy", to_json(proven_at) #>> '{}' AS "provenAt",
      to_json(doubted_at) #>> '{}' AS "doubtedAt", is_new AS "isNew"
    FROM gone JOIN come USING (kind, value)`;
  await db.$executeRaw`
    DELETE FROM identity_due WHERE merchant_id = ${merchantId} AND customer_id = ${fromId}`;
  return { browsers, keys };
}

/** Each has the browsers and keys again that were theirs; what came since stays where it came. */
export async function moveKeysBack(
  { db, merchantId }: Tx,
  { fromId, intoId }: Pair,
  { browsers, keys }: Pick<Moved, "browsers" | "keys">,
): Promise<void> {
  await db.customerVisitor.deleteMany({
    where: {
      merchantId,
      customerId: intoId,
      visitorId: { in: browsers.filter(({ isNew }) => isNew).map(({ id }) => id) },
    },
  });
  await db.customerVisitor.createMany({
    data: browsers.map(({ id, at, proven }) => ({
      merchantId,
      customerId: fromId,
      visitorId: id,
      linkedAt: new Date(at),
      proven: proven ?? true,
    })),
    skipDuplicates: true,
  });
  for (const { kind, value } of keys.filter(({ isNew }) => isNew))
    await db.customerKey.deleteMany({ where: { merchantId, customerId: intoId, kind, value } });
  await db.customerKey.createMany({
    data: keys.map(({ kind, value, said, proven, at, ...proof }) => ({
      merchantId,
      customerId: fromId,
      kind,
      value,
      said,
      proven,
      firstSeenAt: new Date(at),
      provenBy: proven ? (proof.provenBy ?? "before") : null,
      provenAt: proven ? new Date(proof.provenAt ?? at) : null,
      doubtedAt: proof.doubtedAt ? new Date(proof.doubtedAt) : null,
    })),
    skipDuplicates: true,
  });
}
