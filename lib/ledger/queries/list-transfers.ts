import { Prisma } from "@/lib/core/db";
import { decodeCursor, type Page, toPage } from "@/lib/core/paging";
import { containing } from "@/lib/core/values/search";
import { startOfDateInZone } from "@/lib/core/time";
import { shiftDay } from "@/lib/core/values/day";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import type { LedgerTransfer } from "@/prisma/generated/client";
import { type TransferView, viewTransfer } from "./balances";
import type { TransferFilter } from "../schema";

/**
 * A transfer with what people call the two sides: a customer's name or email, a program's name;
 * null for the shop itself.
 */
export type NamedTransfer = TransferView & { fromName: string | null; toName: string | null };

/** Transfers in the order in which they were written, newest first. */
export async function listTransfers(
  scope: Scope,
  filter: TransferFilter,
): Promise<Page<NamedTransfer>> {
  requirePermission(scope, "ledger.read");
  return inScope(scope, async ({ db, merchantId }) => {
    const where: Prisma.Sql[] = [Prisma.sql`t.merchant_id = ${merchantId}`];
    if (filter.cursor) where.push(Prisma.sql`t.id < ${decodeCursor(filter.cursor, 1)[0]}`);
    if (filter.customer) {
      const own = await db.ledgerAccount.findMany({
        where: { merchantId, ownerId: filter.customer },
        select: { id: true },
      });
      const ids = own.map(({ id }) => id);
      where.push(
        Prisma.sql`(t.debit_account_id = ANY(${ids}::text[])
          OR t.credit_account_id = ANY(${ids}::text[]))`,
      );
    }
    if (filter.reward) where.push(Prisma.sql`t.reward_id = ${filter.reward}`);
    if (filter.kind) {
      const begins = `${filter.kind}:`;
      where.push(
        Prisma.sql`(starts_with(t.debit_account_id, ${begins})
          OR starts_with(t.credit_account_id, ${begins}))`,
      );
    }
    if (filter.q) {
      const part = containing(filter.q);
      where.push(
        Prisma.sql`(t.cause_key ILIKE ${part} OR t.memo ILIKE ${part} OR t.actor ILIKE ${part})`,
      );
    }
    if (filter.from)
      where.push(Prisma.sql`t.recorded_at >= ${startOfDateInZone(filter.from, scope.timeZone)}`);
    if (filter.to)
      where.push(
        Prisma.sql`t.recorded_at < ${startOfDateInZone(shiftDay(filter.to, 1), scope.timeZone)}`,
      );
    const rows = await db.$queryRaw<LedgerTransfer[]>`
      SELECT t.merchant_id AS "merchantId", t.id, t.asset, t.debit_account_id AS "debitAccountId",
        t.credit_account_id AS "creditAccountId",
        t.amount_minor AS "amountMinor", t.cause_key AS "causeKey", t.reverses_id AS "reversesId",
        t.reward_id AS "rewardId", t.memo,
        t.actor, t.occurred_at AS "occurredAt", t.recorded_at AS "recordedAt"
      FROM ledger_transfer t WHERE ${Prisma.join(where, " AND ")} ORDER BY t.id DESC
      LIMIT ${filter.limit + 1}`;
    const { rows: found, nextCursor } = toPage(rows.map(viewTransfer), filter.limit, ({ id }) => [
      id,
    ]);
    const names = await namesOf(
      scope,
      new Set(found.flatMap(({ from, to }) => [from.ownerId, to.ownerId])),
    );
    return {
      nextCursor,
      rows: found.map((row) => ({
        ...row,
        fromName: names.get(row.from.ownerId) ?? null,
        toName: names.get(row.to.ownerId) ?? null,
      })),
    };
  });
}

async function namesOf(scope: Scope, owners: ReadonlySet<string>): Promise<Map<string, string>> {
  const id = { in: [...owners] };
  return inScope(scope, async ({ db, merchantId }) => {
    const customers = await db.customer.findMany({
      where: { merchantId, id },
      select: { id: true, name: true, email: true, externalId: true },
    });
    const programs = await db.program.findMany({
      where: { merchantId, id },
      select: { id: true, name: true },
    });
    return new Map([
      ...customers.map(
        (one) => [one.id, one.name ?? one.email ?? one.externalId ?? one.id] as const,
      ),
      ...programs.map((one) => [one.id, one.name] as const),
    ]);
  });
}
