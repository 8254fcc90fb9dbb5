import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { containing } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Terms } from "@/lib/terms/schema";
import type { NominationFilter, NominationState } from "../schema";

export type NominationRow = {
  id: string;
  programId: string;
  programName: string;
  state: NominationState;
  reason: string | null;
  said: string;
  orderId: string | null;
  at: Date;
  confirmedAt: Date | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  friendId: string;
  friendExternalId: string | null;
  friendName: string | null;
  friendEmail: string | null;
  advocateId: string | null;
  advocateCustomerId: string | null;
  advocateExternalId: string | null;
  advocateName: string | null;
  advocateEmail: string | null;
  advocateCode: string | null;
};

const OPEN: readonly NominationState[] = ["waiting", "unmatched", "asked"];

const SELECT = Prisma.sql`
  SELECT n.id, n.program_id AS "programId", p.name AS "programName", n.state, n.reason, n.said,
    n.order_id AS "orderId", n.at,
    n.confirmed_at AS "confirmedAt", n.decided_at AS "decidedAt", n.decided_by AS "decidedBy",
    f.id AS "friendId", f.external_id AS "friendExternalId", f.name AS "friendName",
    f.email AS "friendEmail", n.advocate_id AS "advocateId", c.id AS "advocateCustomerId",
    c.external_id AS "advocateExternalId", c.name AS "advocateName", c.email AS "advocateEmail",
    (
      SELECT min(code) FROM share_code s
      WHERE s.merchant_id = n.merchant_id AND s.advocate_id = n.advocate_id
    ) AS "advocateCode"
  FROM nomination n
  JOIN program p ON p.merchant_id = n.merchant_id AND p.id = n.program_id
  JOIN customer f ON f.merchant_id = n.merchant_id AND f.id = n.friend_id
  LEFT JOIN advocate a ON a.merchant_id = n.merchant_id AND a.id = n.advocate_id
  LEFT JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id`;

/** One nomination. @throws DomainError not_found */
export async function nominationById(scope: Scope, id: string): Promise<NominationRow> {
  requirePermission(scope, "referral.read");
  const [row] = await inScope(
    scope,
    ({ db }) => db.$queryRaw<NominationRow[]>`
    ${SELECT} WHERE n.merchant_id = ${scope.merchantId} AND n.id = ${id}`,
  );
  if (!row) throw notFound("answer");
  return row;
}

/** Nominations that match a filter, newest first. */
export async function listNominations(
  scope: Scope,
  filter: NominationFilter,
): Promise<Page<NominationRow>> {
  requirePermission(scope, "referral.read");
  const where = [
    Prisma.sql`n.merchant_id = ${scope.merchantId}`,
    Prisma.sql`n.state = ANY(${filter.state === "open" ? [...OPEN] : [filter.state]})`,
  ];
  if (filter.search) {
    const pattern = containing(filter.search);
    where.push(
      Prisma.sql`(f.name ILIKE ${pattern} OR f.email ILIKE ${pattern}
        OR n.said ILIKE ${pattern} OR n.order_id = ${filter.search})`,
    );
  }
  if (filter.cursor) {
    const { at, id } = decodeTimeCursor(filter.cursor);
    where.push(Prisma.sql`(n.at, n.id) < (${at}, ${id})`);
  }
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<NominationRow[]>`
    ${SELECT}
    WHERE ${Prisma.join(where, " AND ")} ORDER BY n.at DESC, n.id DESC LIMIT ${filter.limit + 1}`,
  );
  return toPage(rows, filter.limit, (row) => [row.at.toISOString(), row.id]);
}

/** How many nominations a member has to decide. */
export async function countOpenNominations(scope: Scope): Promise<number> {
  requirePermission(scope, "referral.read");
  return inScope(scope, ({ db }) =>
    db.nomination.count({
      where: { merchantId: scope.merchantId, state: { in: ["waiting", "unmatched"] } },
    }),
  );
}

/** Friends who named this advocate and whom the advocate has not confirmed or declined yet. */
export async function nominationsToConfirm(
  scope: Scope,
  advocateId: string,
): Promise<{ id: string; friend: { name: string | null; email: string | null }; at: Date }[]> {
  const rows = await inScope(scope, ({ db }) =>
    db.nomination.findMany({
      where: { merchantId: scope.merchantId, advocateId, state: "asked" },
      orderBy: { at: "asc" },
      take: 20,
      select: { id: true, at: true, friend: { select: { name: true, email: true } } },
    }),
  );
  return rows;
}

/** What to show a customer: nothing, the question who told them, or their answer so far. */
export type NominationQuestion =
  | { kind: "none" }
  | { kind: "ask"; orderId: string }
  | { kind: "said"; state: NominationState; said: string };

/**
 * Whether to ask a customer who told them about the shop: where the program asks, they have no
 * referral in it, and their first order lies within the time that a referral lasts.
 */
export async function nominationQuestion(
  scope: Scope,
  input: {
    programId: string;
    customerId: string;
    terms: Pick<Terms, "nominations" | "windowDays">;
  },
): Promise<NominationQuestion> {
  const { programId, customerId, terms } = input;
  if ((terms.nominations ?? "off") === "off") return { kind: "none" };
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const said = await tx.db.nomination.findUnique({
      where: { merchantId_programId_friendId: { merchantId, programId, friendId: customerId } },
      select: { state: true, said: true },
    });
    if (said) return { kind: "said", state: said.state as NominationState, said: said.said };
    const referral = await tx.db.referral.findFirst({
      where: { merchantId, programId, friendId: customerId },
      select: { id: true },
    });
    if (referral) return { kind: "none" };
    const since = new Date(scopeNow(tx).getTime() - terms.windowDays * 86_400_000);
    const first = await tx.db.order.findFirst({
      where: { merchantId, customerId },
      orderBy: [{ occurredAt: "asc" }, { id: "asc" }],
      select: { id: true, occurredAt: true },
    });
    return first && first.occurredAt >= since
      ? { kind: "ask", orderId: first.id }
      : { kind: "none" };
  });
}
