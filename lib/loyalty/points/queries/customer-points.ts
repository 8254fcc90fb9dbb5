import { isInPoints } from "@/lib/terms/kinds/benefits";
import { Prisma } from "@/lib/core/db";
import type { LocalizedText } from "@/lib/core/i18n/localized";
import { POINTS } from "@/lib/core/money";
import { decodeCursor, type Page, toPage } from "@/lib/core/paging";
import { accountId, type AccountRef, owedBy, parseAccountId } from "@/lib/ledger/rules/accounts";
import { balanceShown, holdingsOf, type LotView, lotsOf } from "@/lib/ledger/queries/balances";
import { claimCause } from "@/lib/ledger/rules/transfer";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Terms } from "@/lib/terms/schema";
import type { RewardSource } from "@/lib/rewards/schema";
import { type LineKind, lineKind } from "../rules";

/** Points that were earned and are on hold. */
type PendingPoints = {
  rewardId: string;
  minor: bigint;
  heldUntil: Date;
  underReview: boolean;
};

/** What a customer has in points. */
export type CustomerPoints = {
  /**
   * To spend now: the balance minus what is owed, without expired lots. Below 0 while more is owed.
   */
  points: bigint;
  /** Reversed by a refund after it was spent; the next points repay it. 0 or more. */
  owed: bigint;
  pending: PendingPoints[];
  pendingSum: bigint;
  /** Open lots that can be spent, in the order in which spending takes them. */
  lots: LotView[];
  /**
   * The lot that expires first, with all others that expire on the same day; null when none does.
   */
  nextExpiry: { minor: bigint; at: Date } | null;
};

const MOST_PENDING = 50;
/** Lots beyond the first so many to expire are left out of a page, not of the balance. */
const MOST_LOTS = 200;

/** What a customer has: balance, what is on hold until when, and what expires next. */
export async function pointsOf(scope: Scope, customerId: string): Promise<CustomerPoints> {
  return inScope(scope, async (tx) => {
    const now = scopeNow(tx);
    const balance = (await holdingsOf(tx, customerId)).find(({ asset }) => asset === POINTS);
    const lots = await lotsOf(tx, customerId, POINTS, MOST_LOTS);
    const open = lots.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
    const gone = lots
      .filter((lot) => !open.includes(lot))
      .reduce((sum, { remainingMinor }) => sum + remainingMinor, 0n);
    const pending = await tx.db.$queryRaw<PendingPoints[]>`
      SELECT r.id AS "rewardId", r.amount_minor - r.reversed_minor AS minor,
        r.held_until AS "heldUntil", f.review_at IS NOT NULL AS "underReview"
      FROM reward r LEFT JOIN referral f ON f.merchant_id = r.merchant_id AND f.id = r.referral_id
      WHERE r.merchant_id = ${tx.merchantId} AND r.customer_id = ${customerId}
        AND r.state = 'held' AND r.asset = ${POINTS}
      ORDER BY r.held_until, r.id LIMIT ${MOST_PENDING}`;
    const first = open.find(({ expiresAt }) => expiresAt !== null)?.expiresAt ?? null;
    const sameDay =
      first &&
      open.filter(
        ({ expiresAt }) => expiresAt !== null && expiresAt.getTime() - first.getTime() < 86_400_000,
      );
    return {
      points: balance ? balanceShown(balance) - gone : 0n,
      owed: balance ? -balance.owed : 0n,
      pending,
      pendingSum: balance?.pending ?? 0n,
      lots: open,
      nextExpiry:
        first && sameDay
          ? {
              minor: sameDay.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0n),
              at: first,
            }
          : null,
    };
  });
}

/**
 * A customer's points to spend, or null where points play no part: nothing grants them, nothing can
 * be bought, and they have none.
 */
export async function pointsInPlay(
  scope: Scope,
  customerId: string,
  terms: Pick<Terms, "rules">,
): Promise<bigint | null> {
  return inScope(scope, async (tx) => {
    const { points, pendingSum, owed } = await pointsOf(tx, customerId);
    if (
      points !== 0n ||
      pendingSum > 0n ||
      owed > 0n ||
      terms.rules.some(({ benefit }) => isInPoints(benefit))
    )
      return points;
    return (await tx.db.catalogueItem.findFirst({
      where: { merchantId: tx.merchantId, state: "active" },
      select: { id: true },
    }))
      ? points
      : null;
  });
}

/** A movement of a customer's points. */
export type PointsLine = {
  id: string;
  kind: LineKind;
  /** Below 0 for what went out. */
  minor: bigint;
  at: Date;
  /** What staff wrote, for what was adjusted by hand. */
  memo: string;
  reward: {
    id: string;
    programId: string;
    programSlug: string;
    programVersion: number;
    ruleId: string;
  } | null;
  /** What was bought, or given back. */
  itemName: LocalizedText | null;
};

type LineRow = {
  id: string;
  causeKey: string;
  debitId: string;
  creditId: string;
  amountMinor: bigint;
  at: Date;
  memo: string;
  rewardId: string | null;
  programId: string | null;
  programSlug: string | null;
  programVersion: number | null;
  ruleId: string | null;
  source: RewardSource | null;
  itemName: LocalizedText | null;
};

/**
 * Everything that moved in a customer's points, newest first, a page at a time. What they have is
 * what is there less what is owed: what a refund took from both is one line, and what goes from the
 * one to the other is none.
 */
export async function pointsHistory(
  scope: Scope,
  customerId: string,
  { limit, cursor = null }: { limit: number; cursor?: string | null },
): Promise<Page<PointsLine>> {
  const available: AccountRef = { kind: "available", ownerId: customerId, asset: POINTS };
  const [account, debt] = [accountId(available), accountId(owedBy(available))];
  const before = cursor === null ? null : decodeCursor(cursor, 1)[0]!;
  const further = before === null ? Prisma.empty : Prisma.sql`AND l.id < ${before}`;
  const newest = Prisma.sql`${further} ORDER BY l.id DESC LIMIT ${limit + 1}`;
  // The newest of each side off its own index, then the newest of them all.
  const into = (id: string) => Prisma.sql`
    (SELECT l.*, l.amount_minor AS moved FROM ledger_transfer l
    WHERE l.merchant_id = ${scope.merchantId} AND l.credit_account_id = ${id}
      AND l.debit_account_id NOT IN (${account}, ${debt}) ${newest})`;
  const out = Prisma.sql`
    (SELECT l.*, l.amount_minor + COALESCE(c.amount_minor, 0) AS moved FROM ledger_transfer l
    LEFT JOIN ledger_transfer c ON c.merchant_id = l.merchant_id
      AND c.cause_key = l.cause_key || ${claimCause("")}::text AND c.debit_account_id = ${debt}
    WHERE l.merchant_id = ${scope.merchantId} AND l.debit_account_id = ${account}
      AND l.credit_account_id <> ${debt}
      AND l.amount_minor + COALESCE(c.amount_minor, 0) > 0 ${newest})`;
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<LineRow[]>`
    SELECT t.id, t.cause_key AS "causeKey", t.debit_account_id AS "debitId",
      t.credit_account_id AS "creditId",
      t.moved AS "amountMinor", t.occurred_at AS at, t.memo,
      r.id AS "rewardId", r.program_id AS "programId", p.slug AS "programSlug",
        r.program_version AS "programVersion", r.rule_id AS "ruleId", r.source,
      i.name AS "itemName"
    FROM (${out} UNION ALL ${into(account)} UNION ALL ${into(debt)}) t
    LEFT JOIN reward r ON r.merchant_id = t.merchant_id AND r.id = t.reward_id
    LEFT JOIN program p ON p.merchant_id = r.merchant_id AND p.id = r.program_id
    LEFT JOIN redemption d ON d.merchant_id = r.merchant_id AND d.reward_id = r.id
    LEFT JOIN catalogue_item i ON i.merchant_id = d.merchant_id AND i.id = d.item_id
    ORDER BY t.id DESC LIMIT ${limit + 1}`,
  );
  return toPage(
    rows.map((row) => lineOf(row, account)),
    limit,
    ({ id }) => [id],
  );
}

function lineOf(row: LineRow, account: string): PointsLine {
  const incoming = row.debitId !== account;
  const other = parseAccountId(incoming ? row.debitId : row.creditId).kind;
  const { id, at, memo, itemName, causeKey } = row;
  return {
    id,
    at,
    memo,
    itemName,
    minor: incoming ? row.amountMinor : -row.amountMinor,
    kind: lineKind({ causeKey, other, incoming, source: row.source }),
    reward:
      row.rewardId === null
        ? null
        : {
            id: row.rewardId,
            programId: row.programId!,
            programSlug: row.programSlug!,
            programVersion: row.programVersion!,
            ruleId: row.ruleId!,
          },
  };
}
