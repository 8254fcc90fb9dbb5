import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { decodeCursor, type Page, toPage } from "@/lib/core/paging";
import { containing } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { type Terms, termsSchema } from "@/lib/terms/schema";
import {
  type ReplayDetail,
  replayDetailSchema,
  type ReplayState,
  type ReplaySummary,
  replaySummarySchema,
} from "./schema";

export type Replay = {
  id: string;
  programId: string;
  state: ReplayState;
  fromAt: Date;
  untilAt: Date;
  before: Terms;
  after: Terms;
  /** People processed, of how many. */
  done: number;
  total: number;
  /** Null until it is done. */
  summary: ReplaySummary | null;
  error: string | null;
  createdAt: Date;
  createdBy: string;
  startedAt: Date | null;
  finishedAt: Date | null;
};

/** A program's replays, newest first. */
export async function listReplays(
  scope: Scope,
  { programId, cursor, limit }: { programId: string; cursor?: string | undefined; limit: number },
): Promise<Page<Replay>> {
  requirePermission(scope, "program.edit");
  const [after] = cursor ? decodeCursor(cursor, 1) : [];
  const rows = await inScope(scope, ({ db, merchantId }) =>
    db.replayRun.findMany({
      // Ids sort in the order they were made.
      where: { merchantId, programId, ...(after && { id: { lt: after } }) },
      orderBy: { id: "desc" },
      take: limit + 1,
    }),
  );
  return toPage(rows.map(replayOf), limit, ({ id }) => [id]);
}

/** @throws DomainError not_found */
export async function findReplay(
  scope: Scope,
  programId: string,
  replayId: string,
): Promise<Replay> {
  requirePermission(scope, "program.edit");
  const row = await inScope(scope, ({ db, merchantId }) =>
    db.replayRun.findFirst({ where: { merchantId, programId, id: replayId } }),
  );
  if (!row) throw notFound("replay");
  return replayOf(row);
}

function replayOf({
  before,
  after,
  state,
  summary,
  ...row
}: Prisma.ReplayRunGetPayload<object>): Replay {
  const {
    id,
    programId,
    fromAt,
    untilAt,
    done,
    total,
    error,
    createdAt,
    createdBy,
    startedAt,
    finishedAt,
  } = row;
  return {
    id,
    programId,
    state: state as ReplayState,
    fromAt,
    untilAt,
    before: termsSchema.parse(before),
    after: termsSchema.parse(after),
    done,
    total,
    summary: summary === null ? null : replaySummarySchema.parse(summary),
    error,
    createdAt,
    createdBy,
    startedAt,
    finishedAt,
  };
}

export type ReplayDifferenceRow = {
  place: number;
  customerId: string;
  name: string | null;
  email: string | null;
  externalId: string | null;
  rewardsBefore: number;
  rewardsAfter: number;
  costBeforeMinor: bigint;
  costAfterMinor: bigint;
  detail: ReplayDetail[];
};

/** Lists the people whose rewards would differ, the largest difference in cost first. */
export async function listDifferences(
  scope: Scope,
  {
    replayId,
    search,
    cursor,
    limit,
  }: { replayId: string; search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<ReplayDifferenceRow>> {
  requirePermission(scope, "program.edit");
  const after = cursor ? Number(decodeCursor(cursor, 1)[0]) : 0;
  const like = containing((search ?? "").trim());
  const matches = search?.trim()
    ? Prisma.sql`AND (c.name ILIKE ${like} OR c.email ILIKE ${like} OR c.external_id ILIKE ${like})`
    : Prisma.empty;
  const rows = await inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw<
      (Omit<ReplayDifferenceRow, "detail"> & { detail: unknown })[]
    >`
    SELECT d.place, d.customer_id AS "customerId", c.name, c.email, c.external_id AS "externalId",
      d.rewards_before AS "rewardsBefore", d.rewards_after AS "rewardsAfter",
      d.cost_before_minor AS "costBeforeMinor", d.cost_after_minor AS "costAfterMinor", d.detail
    FROM replay_difference d
    JOIN customer c ON c.merchant_id = d.merchant_id AND c.id = d.customer_id
    WHERE d.merchant_id = ${merchantId} AND d.run_id = ${replayId}
      AND d.place > ${Number.isSafeInteger(after) ? after : 0} ${matches}
    ORDER BY d.place LIMIT ${limit + 1}`,
  );
  return toPage(
    rows.map((row) => ({ ...row, detail: replayDetailSchema.array().parse(row.detail) })),
    limit,
    ({ place }) => [String(place)],
  );
}

/** Whether two terms are the same, however they were stored. */
export function sameTerms(left: unknown, right: unknown): boolean {
  return JSON.stringify(termsSchema.parse(left)) === JSON.stringify(termsSchema.parse(right));
}
