import type { z } from "zod";
import { type Db, Prisma } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { asLocale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import { newId } from "@/lib/core/id";
import type { Asset } from "@/lib/core/money";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { queueMessage } from "@/lib/messaging/commands/queue-message";
import type { Expiry } from "@/lib/terms/schema";
import { amountWords } from "@/lib/terms/words/amounts";
import { stepRewards } from "../../commands/step-reward";
import { expiryDates, NEVER_EXPIRES } from "../../expiry";
import { chosenPayable, isPayable, PAYABLE_MINOR } from "../queries/payable";
import {
  type batchIdSchema,
  type createBatchSchema,
  MOST_IN_BATCH,
  type payBatchSchema,
} from "../schema";

/**
 * Puts payable cash together into the next pay-out. Rewards are locked before they are taken, and
 * one that another batch has taken meanwhile is payable no more: a reward is in one batch only.
 * While it is in one it does not expire.
 * @returns the batch and whether there is more than fits into it
 * @throws DomainError conflict when nothing that was chosen is payable (any more)
 */
export async function createPayout(
  scope: Scope,
  { without = [], ...filter }: z.infer<typeof createBatchSchema>,
): Promise<{ batchId: string; number: number; rewards: number; hasMore: boolean }> {
  requirePermission(scope, "payout.manage");
  return inScope(scope, async (db, scope) => {
    const { merchantId, asset } = scope;
    const locked = await db.$queryRaw<{ id: string; minor: bigint }[]>`
      SELECT r.id, ${PAYABLE_MINOR} AS minor FROM reward r
      WHERE ${isPayable(scope)} AND r.id IN (${chosenPayable(scope, filter)})
        AND NOT r.customer_id = ANY(${without}::text[])
      ORDER BY r.id LIMIT ${MOST_IN_BATCH + 1} FOR NO KEY UPDATE`;
    if (locked.length === 0)
      throw new DomainError("conflict", "Nothing of this is waiting to be paid.");
    const taken = locked.slice(0, MOST_IN_BATCH);
    const ids = taken.map(({ id }) => id);
    const now = scopeNow(scope);
    const batchId = newId("pay");
    const totalMinor = taken.reduce((sum, { minor }) => sum + minor, 0n);
    const number = await nextNumber(db, merchantId);
    await db.payoutBatch.create({
      data: {
        merchantId,
        id: batchId,
        number,
        state: "open",
        asset,
        rewards: ids.length,
        totalMinor,
        createdAt: now,
        createdBy: scope.actor.label,
      },
    });
    await stepRewards(scope, ids, {
      state: "available",
      reason: "in_payout",
      at: now,
      expiry: NEVER_EXPIRES,
    });
    await db.reward.updateMany({
      where: { merchantId, id: { in: ids } },
      data: { payoutBatchId: batchId },
    });
    await recordAudit(scope, {
      action: "payout.create",
      subjectType: "payout",
      subjectId: batchId,
      summary: `Prepared pay-out ${number} of ${ids.length} rewards`,
      detail: { number, rewards: ids.length, totalMinor: String(totalMinor) },
    });
    return { batchId, number, rewards: ids.length, hasMore: locked.length > taken.length };
  });
}

/**
 * Records that a batch was paid: all its rewards are used, and what lay with the customers as owed
 * is spent. Each customer gets one mail. @throws DomainError not_found, conflict unless it is open
 * and has rewards
 */
export async function payPayout(
  scope: Scope,
  { batchId, reference }: z.infer<typeof payBatchSchema>,
): Promise<void> {
  requirePermission(scope, "payout.manage");
  await inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const items = await lockItems(db, merchantId, batchId);
    const { number, asset } = await lockBatch(db, merchantId, batchId);
    if (items.length === 0)
      throw new DomainError(
        "conflict",
        "There is nothing left in this pay-out. Cancel it instead.",
      );
    const now = scopeNow(scope);
    await stepRewards(
      scope,
      items.map(({ id }) => id),
      { state: "used", reason: "paid", at: now },
    );
    const cause = (id: string) => `reward:${id}:payout:${batchId}`;
    await postTransfers(
      scope,
      items
        .filter(({ minor }) => minor > 0n)
        .map(({ id, minor, customerId, programId }) => ({
          causeKey: cause(id),
          rewardId: id,
          amount: { minor, asset },
          occurredAt: now,
          memo: `Pay-out ${number}`,
          from: { kind: "issued", ownerId: customerId, asset },
          to: { kind: "spent", ownerId: programId, asset },
        })),
    );
    await db.payoutBatch.update({
      where: { merchantId_id: { merchantId, id: batchId } },
      data: { state: "paid", paidAt: now, paidBy: scope.actor.label, reference: reference || null },
    });
    await recordAudit(scope, {
      action: "payout.pay",
      subjectType: "payout",
      subjectId: batchId,
      summary: `Marked pay-out ${number} as paid`,
      detail: { number, rewards: items.length, reference: reference ?? "" },
    });
    await queuePaidEmails(scope, batchId, asset, items, reference || null);
  });
}

/**
 * Gives an open batch up: its rewards are payable again, and their time begins anew. @throws
 * DomainError not_found, conflict
 */
export async function cancelPayout(
  scope: Scope,
  { batchId }: z.infer<typeof batchIdSchema>,
): Promise<void> {
  requirePermission(scope, "payout.manage");
  await inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const items = await lockItems(db, merchantId, batchId);
    const { number } = await lockBatch(db, merchantId, batchId);
    const now = scopeNow(scope);
    for (const [terms, ids] of byExpiry(items)) {
      await stepRewards(scope, ids, {
        state: "available",
        reason: "payable",
        at: now,
        expiry: expiryDates(JSON.parse(terms) as Expiry | null, "unissued", now, scope.timeZone),
      });
    }
    await db.reward.updateMany({
      where: { merchantId, payoutBatchId: batchId },
      data: { payoutBatchId: null },
    });
    await db.payoutBatch.update({
      where: { merchantId_id: { merchantId, id: batchId } },
      data: { state: "cancelled", cancelledAt: now },
    });
    await recordAudit(scope, {
      action: "payout.cancel",
      subjectType: "payout",
      subjectId: batchId,
      summary: `Cancelled pay-out ${number}`,
      detail: { number, rewards: items.length },
    });
  });
}

/** Notes that the file of a batch was taken along. @throws DomainError not_found */
export async function noteExport(scope: Scope, batchId: string): Promise<void> {
  requirePermission(scope, "payout.manage");
  await inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const { count } = await db.payoutBatch.updateMany({
      where: { merchantId, id: batchId },
      data: { exportedAt: scopeNow(scope) },
    });
    if (count === 0) throw notFound("pay-out");
    await recordAudit(scope, {
      action: "payout.export",
      subjectType: "payout",
      subjectId: batchId,
      summary: "Exported a pay-out",
      detail: {},
    });
  });
}

type Item = {
  id: string;
  minor: bigint;
  customerId: string;
  programId: string;
  expiry: Expiry | null;
};

/** Rewards before their batch, as everything does that goes on from a reward to its batch. */
async function lockItems(db: Db, merchantId: string, batchId: string): Promise<Item[]> {
  return db.$queryRaw<Item[]>`
    SELECT r.id, ${PAYABLE_MINOR} AS minor, r.customer_id AS "customerId",
      r.program_id AS "programId", r.terms->'expiry' AS expiry
    FROM reward r WHERE r.merchant_id = ${merchantId} AND r.payout_batch_id = ${batchId}
      AND r.state = 'available'
    ORDER BY r.id FOR NO KEY UPDATE`;
}

async function lockBatch(
  db: Db,
  merchantId: string,
  batchId: string,
): Promise<{ number: number; asset: Asset }> {
  const [batch] = await db.$queryRaw<{ number: number; state: string; asset: Asset }[]>`
    SELECT number, state, asset FROM payout_batch
    WHERE merchant_id = ${merchantId} AND id = ${batchId} FOR NO KEY UPDATE`;
  if (!batch) throw notFound("pay-out");
  if (batch.state !== "open")
    throw new DomainError("conflict", `Pay-out ${batch.number} is ${batch.state} already.`);
  return batch;
}

/** Counted under a lock of its own, held to the end: two batches at once take two numbers. */
async function nextNumber(db: Db, merchantId: string): Promise<number> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`payout ${merchantId}`},
  0))`;
  const { _max } = await db.payoutBatch.aggregate({
    where: { merchantId },
    _max: { number: true },
  });
  return (_max.number ?? 0) + 1;
}

function byExpiry(items: readonly Item[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, expiry } of items) {
    const key = JSON.stringify(expiry);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return groups;
}

async function queuePaidEmails(
  scope: Scope & { db: Db },
  batchId: string,
  asset: Asset,
  items: readonly Item[],
  reference: string | null,
): Promise<void> {
  const { db, merchantId } = scope;
  const owners = new Map<string, { minor: bigint; count: number; programId: string }>();
  for (const { customerId, minor, programId } of items) {
    const sum = owners.get(customerId) ?? { minor: 0n, count: 0, programId };
    owners.set(customerId, { ...sum, minor: sum.minor + minor, count: sum.count + 1 });
  }
  const people = await db.$queryRaw<{ id: string; email: string; locale: string }[]>(Prisma.sql`
    SELECT c.id, c.email, COALESCE(c.locale, m.default_locale) AS locale FROM customer c
    JOIN merchant m ON m.id = c.merchant_id
    WHERE c.merchant_id = ${merchantId} AND c.id = ANY(${[...owners.keys()]}::text[])
      AND c.email IS NOT NULL ORDER BY c.id`);
  const programs = new Map(
    (
      await db.program.findMany({
        where: { merchantId, id: { in: [...new Set(items.map(({ programId }) => programId))] } },
        select: { id: true, name: true, slug: true },
      })
    ).map((program) => [program.id, program]),
  );
  for (const person of people) {
    const { minor, count, programId } = owners.get(person.id)!;
    const { name, slug } = programs.get(programId)!;
    const locale = asLocale(person.locale);
    await queueMessage(scope, {
      template: "rewards_paid",
      causeKey: `rewards_paid:${batchId}:${person.id}`,
      customerId: person.id,
      recipient: person.email,
      locale,
      data: {
        programName: name,
        programSlug: slug,
        amount: amountWords(translator(locale), { minor, asset }, locale),
        count,
        reference,
      },
    });
  }
}
