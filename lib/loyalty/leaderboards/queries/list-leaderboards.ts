import { Prisma } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { decodeCursor, decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { containing, stringContains } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { currentOf, readLeaderboard, readSeason } from "./leaderboards";
import type { Leaderboard, Season } from "../schema/leaderboard";
import { aheadSql } from "../commands/fold-changes";

export type LeaderboardFilter = {
  /** Part of the English name. */
  search?: string | undefined;
  program?: string | undefined;
  state?: "active" | "disabled" | undefined;
  cursor?: string | undefined;
  limit: number;
};

export type ListedLeaderboard = Leaderboard & { programName: string; season: Season | null };

/** A merchant's leaderboards with the season that runs, newest first. */
export async function listLeaderboards(
  scope: Scope,
  { search, program, state, cursor, limit }: LeaderboardFilter,
): Promise<Page<ListedLeaderboard>> {
  requirePermission(scope, "program.read");
  const after = cursor ? decodeTimeCursor(cursor) : null;
  const where: Prisma.LeaderboardWhereInput = {
    merchantId: scope.merchantId,
    ...(program && { programId: program }),
    ...(state && { state }),
    ...(search && { name: { path: ["en"], ...stringContains(search) } }),
    ...(after && {
      OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }],
    }),
  };
  const rows = await inScope(scope, ({ db }) =>
    db.leaderboard.findMany({
      where,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit + 1,
      include: {
        program: { select: { name: true } },
        seasons: { where: { state: "running" }, orderBy: { startsAt: "desc" } },
      },
    }),
  );
  const page = toPage(rows, limit, (row) => [row.createdAt.toISOString(), row.id]);
  return {
    ...page,
    rows: page.rows.map(({ program, seasons, ...row }) => ({
      ...readLeaderboard(row),
      programName: program.name,
      season: currentOf(seasons.map(readSeason), scopeNow(scope)) ?? null,
    })),
  };
}

/** The programs that leaderboards may belong to. */
export async function leaderboardPrograms(
  scope: Scope,
): Promise<{ id: string; name: string; isPublished: boolean }[]> {
  const rows = await inScope(scope, ({ db }) =>
    db.program.findMany({
      where: { merchantId: scope.merchantId },
      orderBy: { createdAt: "asc" },
      select: { id: true, name: true, currentVersion: true },
    }),
  );
  return rows.map(({ id, name, currentVersion }) => ({
    id,
    name,
    isPublished: currentVersion !== null,
  }));
}

export type RankedCustomer = {
  advocateId: string;
  customerId: string;
  name: string | null;
  email: string | null;
  externalId: string | null;
  alias: string | null;
  score: bigint;
  rank: number;
};

/** A season's leaderboard with who is behind each name, best first: for staff. */
export async function listRanking(
  scope: Scope,
  seasonId: string,
  {
    search,
    cursor,
    limit,
  }: { search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<RankedCustomer>> {
  requirePermission(scope, "customer.read");
  const { merchantId } = scope;
  const [score, after] = cursor ? decodeCursor(cursor, 2) : [];
  if (score !== undefined && !/^\d{1,18}$/.test(score))
    throw new DomainError("invalid_request", "This cursor does not belong to this list.", "cursor");
  const where = [
    Prisma.sql`o.merchant_id = ${merchantId} AND o.season_id = ${seasonId} AND o.listed
      AND o.score > 0`,
  ];
  if (score !== undefined)
    where.push(
      Prisma.sql`o.score <= ${BigInt(score)} AND (o.score < ${BigInt(score)}
        OR o.advocate_id > ${after})`,
    );
  if (search) {
    const pattern = containing(search);
    where.push(
      Prisma.sql`(a.alias ILIKE ${pattern} OR c.name ILIKE ${pattern} OR c.email ILIKE ${pattern}
        OR c.external_id = ${search})`,
    );
  }
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<RankedCustomer[]>`
    WITH page AS MATERIALIZED (
      SELECT o.advocate_id, o.score, a.alias, c.id AS customer_id, c.name, c.email, c.external_id
        FROM season_score o
      JOIN advocate a ON a.merchant_id = o.merchant_id AND a.id = o.advocate_id
      JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
      WHERE ${Prisma.join(where, " AND ")} ORDER BY o.score DESC, o.advocate_id LIMIT ${limit + 1}
    )
    SELECT advocate_id AS "advocateId", customer_id AS "customerId", name, email,
      external_id AS "externalId", alias, score,
      (1 + ${aheadSql(merchantId, seasonId, Prisma.sql`page.score`)})::int AS rank
    FROM page ORDER BY score DESC, advocate_id`,
  );
  return toPage(rows, limit, (row) => [row.score.toString(), row.advocateId]);
}
