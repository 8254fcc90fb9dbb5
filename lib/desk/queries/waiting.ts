import { Prisma } from "@/lib/core/db";
import { readTogether } from "@/lib/core/statements/query";
import type { MemberPermission } from "@/lib/merchants/rules/roles";
import { inScope, type Scope, scopeAllows } from "@/lib/merchants/scope";
import { lowPools, type PoolRow } from "@/lib/rewards/coupons/queries/pools";
import { isPayable, PAYABLE_MINOR } from "@/lib/rewards/payouts/queries/payable";
import { DELIVERY_KINDS } from "@/lib/rewards/queries/deliveries";
import { MOST_COUNTED, type Waiting, type WaitingItem, type WaitingKind } from "../schema";

type Kind = {
  /** What it takes to deal with it: nobody is reminded of what they may not do. */
  permission: MemberPermission;
  /** What waits, as rows of `id, at, who, what`. */
  rows: (scope: Scope) => Prisma.Sql;
};

const name = (customer: string) =>
  Prisma.raw(
    `COALESCE(${customer}.name, ${customer}.email, ${customer}.external_id, ${customer}.id)`,
  );

const KINDS = {
  ledger: {
    permission: "ledger.adjust",
    rows: ({ merchantId }) => Prisma.sql`
      SELECT latest.id, latest.at, NULL AS who, found->>'accountId' AS what
      FROM (SELECT id, at, differences FROM ledger_check WHERE merchant_id = ${merchantId}
        ORDER BY id DESC LIMIT 1) latest, jsonb_array_elements(latest.differences) found`,
  },
  event: {
    permission: "event.discard",
    rows: ({ merchantId }) => Prisma.sql`
      SELECT e.id, i.set_aside_at AS at, e.type AS who, i.last_error AS what
      FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
      WHERE i.merchant_id = ${merchantId} AND i.set_aside_at IS NOT NULL`,
  },
  key: {
    permission: "customer.merge",
    rows: ({ merchantId }) => Prisma.sql`
      SELECT k.customer_id AS id, k.doubted_at AS at, ${name("c")} AS who, k.said AS what
      FROM customer_key k
      JOIN customer c ON c.merchant_id = k.merchant_id AND c.id = k.customer_id
      WHERE k.merchant_id = ${merchantId} AND k.doubted_at IS NOT NULL`,
  },
  question: {
    permission: "reward.decide",
    rows: ({ merchantId }) => Prisma.sql`
      SELECT q.reward_id AS id, q.created_at AS at, ${name("c")} AS who, q.message AS what
      FROM review_request q
      JOIN customer c ON c.merchant_id = q.merchant_id AND c.id = q.customer_id
      WHERE q.merchant_id = ${merchantId} AND q.state = 'open'`,
  },
  nomination: {
    permission: "referral.decide",
    rows: ({ merchantId }) => Prisma.sql`
      SELECT n.id, n.at, ${name("f")} AS who, n.said AS what FROM nomination n
      JOIN customer f ON f.merchant_id = n.merchant_id AND f.id = n.friend_id
      WHERE n.merchant_id = ${merchantId} AND n.state IN ('waiting', 'unmatched')`,
  },
  review: {
    permission: "referral.decide",
    rows: ({ merchantId }) => Prisma.sql`
      SELECT r.id, r.review_at AS at, ${name("f")} AS who, ${name("c")} AS what FROM referral r
      JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
      JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = a.customer_id
      JOIN customer f ON f.merchant_id = r.merchant_id AND f.id = r.friend_id
      WHERE r.merchant_id = ${merchantId} AND r.review_at IS NOT NULL
        AND r.state IN ('joined', 'qualified', 'rewarded')`,
  },
  delivery: {
    permission: "reward.decide",
    rows: ({ merchantId }) => Prisma.sql`
      SELECT w.id, w.available_at AS at, ${name("c")} AS who,
        COALESCE(w.terms->'benefit'->>'title', w.terms->'benefit'->>'to') AS what
      FROM reward w JOIN customer c ON c.merchant_id = w.merchant_id AND c.id = w.customer_id
      WHERE w.merchant_id = ${merchantId} AND w.state = 'available'
        AND w.terms->'benefit'->>'kind' = ANY(${[...DELIVERY_KINDS]}::text[])`,
  },
  payable: {
    permission: "payout.manage",
    rows: (scope) => Prisma.sql`
      SELECT r.id, r.available_at AS at, ${name("c")} AS who, ${PAYABLE_MINOR}::text AS what
      FROM reward r JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.customer_id
      WHERE ${isPayable(scope)}`,
  },
  payout: {
    permission: "payout.manage",
    rows: ({ merchantId }) => Prisma.sql`
      SELECT b.id, b.created_at AS at, NULL AS who, NULL AS what FROM payout_batch b
      WHERE b.merchant_id = ${merchantId} AND b.state = 'open'`,
  },
  email: {
    permission: "outbox.read",
    rows: ({ merchantId }) => Prisma.sql`
      SELECT m.id, m.created_at AS at, m.recipient AS who, m.last_error AS what FROM message m
      WHERE m.merchant_id = ${merchantId} AND m.state = 'failed'`,
  },
  held_email: {
    permission: "outbox.release",
    rows: ({ merchantId }) => Prisma.sql`
      SELECT m.id, m.created_at AS at, m.recipient AS who, NULL AS what FROM message m
      WHERE m.merchant_id = ${merchantId} AND m.state = 'held'`,
  },
} as const satisfies Record<Exclude<WaitingKind, "pool">, Kind>;

/**
 * What waits for a person in this shop, of the kinds that the scope may deal with, the most urgent
 * kind first; kinds of which nothing waits are left out.
 * @param itemsEach how many of each kind are listed, at most `MOST_COUNTED`
 */
export async function waitingWork(scope: Scope, itemsEach: number): Promise<Waiting[]> {
  return inScope(scope, async (tx) => {
    const kinds = (Object.keys(KINDS) as (keyof typeof KINDS)[]).filter((kind) =>
      scopeAllows(scope, KINDS[kind].permission),
    );
    const questions = Object.fromEntries(
      kinds.map((kind) => [kind, { sql: oldest(scope, kind), row: readItem }]),
    );
    const found = kinds.length === 0 ? {} : await readTogether(tx.db, questions);
    const pools = scopeAllows(scope, "program.edit") ? await lowPools(tx) : [];
    return [
      ...kinds.flatMap((kind) => gathered(kind, found[kind] ?? [], itemsEach)),
      ...gathered("pool", pools.map(poolItem), itemsEach),
    ];
  });
}

function gathered(kind: WaitingKind, items: WaitingItem[], itemsEach: number): Waiting[] {
  const [first] = items;
  if (!first) return [];
  return [{ kind, count: items.length, since: first.at, items: items.slice(0, itemsEach) }];
}

function oldest(scope: Scope, kind: keyof typeof KINDS): Prisma.Sql {
  return Prisma.sql`
    SELECT * FROM (${KINDS[kind].rows(scope)}) waiting ORDER BY at, id LIMIT ${MOST_COUNTED}`;
}

function readItem({ id, at, who, what }: Omit<WaitingItem, "at"> & { at: string }): WaitingItem {
  return { id, at: new Date(at), who, what };
}

function poolItem({ id, name, left }: PoolRow): WaitingItem {
  return { id, at: null, who: name, what: String(left) };
}
