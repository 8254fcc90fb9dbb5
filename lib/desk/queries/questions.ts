import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import type { Asset } from "@/lib/core/money";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { containing } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { type FrozenTerms, frozenTermsSchema, type RewardState } from "@/lib/rewards/schema";
import type { QuestionFilter, QuestionOutcome, QuestionState } from "../schema";

/** A question about a reward, with its answer once there is one. */
export type Question = {
  id: string;
  rewardId: string;
  message: string;
  state: QuestionState;
  createdAt: Date;
  answer: string | null;
  outcome: QuestionOutcome | null;
  answeredAt: Date | null;
  answeredBy: string | null;
};

/** The questions about a reward, oldest first. */
export async function questionsOfReward(scope: Scope, rewardId: string): Promise<Question[]> {
  const rows = await inScope(scope, ({ db }) =>
    db.reviewRequest.findMany({
      where: { merchantId: scope.merchantId, rewardId },
      orderBy: { id: "asc" },
      omit: { merchantId: true, customerId: true },
    }),
  );
  return rows as Question[];
}

export type ListedQuestion = Question & {
  customerId: string;
  customerName: string | null;
  customerEmail: string | null;
  customerExternalId: string | null;
  rewardState: RewardState;
  rewardReason: string;
  underReview: boolean;
  terms: FrozenTerms;
  amountMinor: bigint | null;
  asset: Asset | null;
};

/** Lists questions: open ones oldest first, answered ones newest first. */
export async function listQuestions(
  scope: Scope,
  filter: QuestionFilter,
): Promise<Page<ListedQuestion>> {
  requirePermission(scope, "referral.read");
  const oldestFirst = filter.state === "open";
  const where = [
    Prisma.sql`q.merchant_id = ${scope.merchantId}`,
    Prisma.sql`q.state = ${filter.state}`,
  ];
  if (filter.search) {
    const pattern = containing(filter.search);
    where.push(
      Prisma.sql`(c.name ILIKE ${pattern} OR c.email ILIKE ${pattern}
        OR q.message ILIKE ${pattern} OR q.reward_id = ${filter.search})`,
    );
  }
  if (filter.cursor) {
    const { at, id } = decodeTimeCursor(filter.cursor);
    where.push(
      oldestFirst
        ? Prisma.sql`(q.created_at, q.id) > (${at}, ${id})`
        : Prisma.sql`(q.created_at, q.id) < (${at}, ${id})`,
    );
  }
  const order = oldestFirst
    ? Prisma.sql`q.created_at, q.id`
    : Prisma.sql`q.created_at DESC, q.id DESC`;
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<ListedQuestion[]>`
    SELECT q.id, q.reward_id AS "rewardId", q.message, q.state, q.created_at AS "createdAt",
      q.answer, q.outcome, q.answered_at AS "answeredAt", q.answered_by AS "answeredBy",
      c.id AS "customerId", c.name AS "customerName", c.email AS "customerEmail",
      c.external_id AS "customerExternalId", w.state AS "rewardState", w.reason AS "rewardReason",
      f.review_at IS NOT NULL AS "underReview", w.terms, w.amount_minor AS "amountMinor", w.asset
    FROM review_request q
    JOIN reward w ON w.merchant_id = q.merchant_id AND w.id = q.reward_id
    JOIN customer c ON c.merchant_id = q.merchant_id AND c.id = q.customer_id
    LEFT JOIN referral f ON f.merchant_id = w.merchant_id AND f.id = w.referral_id
    WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${filter.limit + 1}`,
  );
  const read = rows.map((row) => ({ ...row, terms: frozenTermsSchema.parse(row.terms) }));
  return toPage(read, filter.limit, (row) => [row.createdAt.toISOString(), row.id]);
}

/** One question. @throws DomainError not_found */
export async function questionById(scope: Scope, id: string): Promise<Question> {
  requirePermission(scope, "referral.read");
  const row = await inScope(scope, ({ db }) =>
    db.reviewRequest.findUnique({
      where: { merchantId_id: { merchantId: scope.merchantId, id } },
      omit: { merchantId: true, customerId: true },
    }),
  );
  if (!row) throw notFound("question");
  return row as Question;
}

/** How many questions are open. */
export async function countOpenQuestions(scope: Scope): Promise<number> {
  requirePermission(scope, "referral.read");
  return inScope(scope, ({ db }) =>
    db.reviewRequest.count({ where: { merchantId: scope.merchantId, state: "open" } }),
  );
}
