import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { decodeCursor, type Page, toPage } from "@/lib/core/paging";
import { containing } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import type { PoolCodeFilter, PoolFilter } from "../schema";
import { usersOfPool } from "./pool-users";

export type PoolRow = {
  id: string;
  name: string;
  lowAt: number;
  createdAt: Date;
  /** Codes left to issue, and issued. */
  left: number;
  taken: number;
  /** Rewards that wait for a code. */
  waiting: number;
  isLow: boolean;
};

const counted = Prisma.sql`
  SELECT p.id, p.name, p.low_at AS "lowAt", p.created_at AS "createdAt", n."left", n.taken,
    w.waiting, n."left" < p.low_at AS "isLow"
  FROM coupon_pool p
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE c.taken_at IS NULL)::int AS "left",
      count(c.taken_at)::int AS taken
    FROM coupon_pool_code c WHERE c.merchant_id = p.merchant_id AND c.pool_id = p.id
  ) n
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS waiting FROM reward r
    WHERE r.merchant_id = p.merchant_id AND r.waiting_pool_id = p.id AND r.state = 'available'
  ) w`;

/** Pools by name, a page at a time. */
export async function listPools(scope: Scope, filter: PoolFilter): Promise<Page<PoolRow>> {
  requirePermission(scope, "program.read");
  const where = [Prisma.sql`p.merchant_id = ${scope.merchantId}`];
  if (filter.search) where.push(Prisma.sql`p.name ILIKE ${containing(filter.search)}`);
  if (filter.cursor) {
    const [name, id] = decodeCursor(filter.cursor, 2);
    where.push(Prisma.sql`(p.name, p.id) > (${name}, ${id})`);
  }
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<PoolRow[]>`
    ${counted} WHERE ${Prisma.join(where, " AND ")} ORDER BY p.name, p.id
    LIMIT ${filter.limit + 1}`,
  );
  return toPage(rows, filter.limit, (row) => [row.name, row.id]);
}

/** @throws DomainError not_found */
export async function poolById(scope: Scope, poolId: string): Promise<PoolRow> {
  requirePermission(scope, "program.read");
  const [pool] = await inScope(
    scope,
    ({ db }) =>
      db.$queryRaw<
        PoolRow[]
      >`${counted} WHERE p.merchant_id = ${scope.merchantId} AND p.id = ${poolId}`,
  );
  if (!pool) throw notFound("coupon pool");
  return pool;
}

/**
 * Pools that something hands codes out of and that are low, or for which rewards wait: what the
 * overview warns of.
 */
export async function lowPools(scope: Scope): Promise<PoolRow[]> {
  return inScope(scope, async (tx) => {
    const low = await tx.db.$queryRaw<PoolRow[]>`
      SELECT * FROM (${counted} WHERE p.merchant_id = ${tx.merchantId}) pools
      WHERE waiting > 0 OR "isLow" ORDER BY waiting DESC, "left", name LIMIT 20`;
    const needed: PoolRow[] = [];
    for (const pool of low) {
      const { programs, items } = await usersOfPool(tx, pool.id);
      if (pool.waiting + programs.length + items.length > 0) needed.push(pool);
    }
    return needed;
  });
}

/** All pools by name: for choosing one. */
export async function poolChoices(scope: Scope): Promise<{ id: string; name: string }[]> {
  return inScope(scope, ({ db }) =>
    db.couponPool.findMany({
      where: { merchantId: scope.merchantId },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
      take: 500,
    }),
  );
}

export type PoolCodeRow = {
  code: string;
  addedAt: Date;
  takenAt: Date | null;
  rewardId: string | null;
  customerId: string | null;
  customerName: string | null;
};

/** A pool's codes in their order, a page at a time, with who has them. */
export async function listPoolCodes(
  scope: Scope,
  poolId: string,
  filter: PoolCodeFilter,
): Promise<Page<PoolCodeRow>> {
  requirePermission(scope, "referral.read");
  const where = [Prisma.sql`c.merchant_id = ${scope.merchantId} AND c.pool_id = ${poolId}`];
  if (filter.state)
    where.push(
      filter.state === "free" ? Prisma.sql`c.taken_at IS NULL` : Prisma.sql`c.taken_at IS NOT NULL`,
    );
  if (filter.search) where.push(Prisma.sql`starts_with(c.code, ${filter.search})`);
  if (filter.cursor) where.push(Prisma.sql`c.code > ${decodeCursor(filter.cursor, 1)[0]}`);
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<PoolCodeRow[]>`
    SELECT c.code, c.added_at AS "addedAt", c.taken_at AS "takenAt", c.reward_id AS "rewardId",
      u.id AS "customerId",
      COALESCE(u.name, u.email) AS "customerName"
    FROM coupon_pool_code c
    LEFT JOIN reward r ON r.merchant_id = c.merchant_id AND r.id = c.reward_id
    LEFT JOIN customer u ON u.merchant_id = r.merchant_id AND u.id = r.customer_id
    WHERE ${Prisma.join(where, " AND ")} ORDER BY c.code LIMIT ${filter.limit + 1}`,
  );
  return toPage(rows, filter.limit, (row) => [row.code]);
}
