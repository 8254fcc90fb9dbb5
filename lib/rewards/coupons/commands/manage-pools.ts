import type { z } from "zod";
import type { Db } from "@/lib/core/db";
import { DomainError, isUniqueViolation, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { type BadLine, readCodes } from "../rules";
import { type editPoolSchema, MOST_UPLOADED, type poolIdSchema, type poolSchema } from "../schema";
import { usersOfPool } from "../queries/pool-users";

/** Makes an empty pool. @throws DomainError conflict when another has the name */
export async function createPool(
  scope: Scope,
  { name, lowAt }: z.infer<typeof poolSchema>,
): Promise<{ id: string }> {
  requirePermission(scope, "program.edit");
  return namedOnce(() =>
    inScope(scope, async (tx) => {
      const id = newId("pol");
      // Empty as it is, it is low: the email is for pools that run dry.
      await tx.db.couponPool.create({
        data: {
          merchantId: tx.merchantId,
          id,
          name,
          lowAt,
          createdAt: scopeNow(tx),
          warnedAt: scopeNow(tx),
        },
      });
      await recordAudit(tx, {
        action: "pool.create",
        subjectType: "pool",
        subjectId: id,
        summary: `Created the coupon pool “${name}”`,
        detail: { lowAt },
      });
      return { id };
    }),
  );
}

/** @throws DomainError not_found, conflict when another has the name */
export async function editPool(
  scope: Scope,
  { poolId, name, lowAt }: z.infer<typeof editPoolSchema>,
): Promise<void> {
  requirePermission(scope, "program.edit");
  await namedOnce(() =>
    inScope(scope, async (tx) => {
      const pool = await lockPool(tx, poolId);
      await tx.db.couponPool.update({
        where: { merchantId_id: { merchantId: tx.merchantId, id: poolId } },
        data: { name, lowAt },
      });
      await clearWarning(tx, poolId);
      await recordAudit(tx, {
        action: "pool.edit",
        subjectType: "pool",
        subjectId: poolId,
        summary: `Edited the coupon pool “${name}”`,
        detail: { from: { name: pool.name, lowAt: pool.lowAt }, to: { name, lowAt } },
      });
    }),
  );
}

/**
 * Deletes a pool that has no code left to give and that nothing needs any more. Codes that were
 * issued stay on their rewards. @throws DomainError not_found, conflict (with what is in the
 * way)
 */
export async function deletePool(
  scope: Scope,
  { poolId }: z.infer<typeof poolIdSchema>,
): Promise<void> {
  requirePermission(scope, "program.edit");
  await inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const pool = await lockPool(tx, poolId);
    if ((await tx.db.couponPoolCode.count({ where: { merchantId, poolId, takenAt: null } })) > 0) {
      throw new DomainError("conflict", "This pool still has codes. Remove them first.");
    }
    const { programs, items, waiting } = await usersOfPool(tx, poolId);
    if (waiting > 0)
      throw new DomainError("conflict", "Rewards are waiting for codes of this pool.");
    const user = [...programs, ...items][0];
    if (user !== undefined) throw new DomainError("conflict", `“${user}” uses codes of this pool.`);
    await tx.db.couponPoolCode.deleteMany({ where: { merchantId, poolId } });
    await tx.db.couponPool.delete({ where: { merchantId_id: { merchantId, id: poolId } } });
    await recordAudit(tx, {
      action: "pool.delete",
      subjectType: "pool",
      subjectId: poolId,
      summary: `Deleted the coupon pool “${pool.name}”`,
      detail: {},
    });
  });
}

export type AddedCodes = {
  added: number;
  /** Codes that were in this pool already, or twice in the upload. */
  repeated: number;
  /** Lines that hold no code, or one that cannot be used; in order. */
  bad: BadLine[];
};

/**
 * Puts codes into a pool: upper case, each once. What cannot be used is told line by line, and does
 * not keep the rest out.
 * @throws DomainError not_found, invalid_request for an upload without a line or with too many
 */
export async function addCodes(scope: Scope, poolId: string, text: string): Promise<AddedCodes> {
  requirePermission(scope, "program.edit");
  const read = readCodes(text);
  if (read.codes.length + read.bad.length === 0)
    throw new DomainError("invalid_request", "Paste codes or choose a file.", "pasted");
  if (read.codes.length > MOST_UPLOADED)
    throw new DomainError(
      "invalid_request",
      "Too many codes at once. Upload them in parts.",
      "pasted",
    );
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const pool = await lockPool(tx, poolId);
    const { usable, repeated, bad } = await sortOut(tx.db, merchantId, poolId, read.codes);
    const added = await tx.db.$executeRaw`
      INSERT INTO coupon_pool_code (merchant_id, pool_id, code, added_at)
      SELECT ${merchantId}, ${poolId}, code, ${scopeNow(tx)}
      FROM unnest(${usable}::text[]) AS given (code)
      ORDER BY code
      ON CONFLICT DO NOTHING`;
    await clearWarning(tx, poolId);
    const result = {
      // What others put in at the same time counts as repeated.
      added,
      repeated: read.repeated + repeated + usable.length - added,
      bad: [...read.bad, ...bad].sort((one, other) => one.line - other.line),
    };
    await recordAudit(tx, {
      action: "pool.add",
      subjectType: "pool",
      subjectId: poolId,
      summary: `Added ${added} codes to “${pool.name}”`,
      detail: { added, repeated: result.repeated, bad: bad.length },
    });
    return result;
  });
}

/** Takes the codes out of a pool that nobody has got yet. @returns how many */
export async function emptyPool(
  scope: Scope,
  { poolId }: z.infer<typeof poolIdSchema>,
): Promise<{ removed: number }> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const pool = await lockPool(tx, poolId);
    const { count: removed } = await tx.db.couponPoolCode.deleteMany({
      where: { merchantId, poolId, takenAt: null },
    });
    await tx.db.couponPool.update({
      where: { merchantId_id: { merchantId, id: poolId } },
      data: { warnedAt: scopeNow(tx) },
    });
    await recordAudit(tx, {
      action: "pool.empty",
      subjectType: "pool",
      subjectId: poolId,
      summary: `Removed ${removed} codes from “${pool.name}”`,
      detail: { removed },
    });
    return { removed };
  });
}

/** Codes that are in a pool or in somebody's hands already. */
async function sortOut(
  db: Db,
  merchantId: string,
  poolId: string,
  codes: readonly { code: string; line: number }[],
) {
  const known = await db.$queryRaw<{ code: string; place: string | null }[]>`
    SELECT code, pool_id AS place FROM coupon_pool_code
    WHERE merchant_id = ${merchantId} AND code = ANY(${codes.map(({ code }) => code)}::text[])
    UNION ALL
    SELECT k.code, NULL FROM coupon k
    WHERE k.merchant_id = ${merchantId} AND k.code = ANY(${codes.map(({ code }) => code)}::text[])
      AND NOT EXISTS (SELECT 1 FROM coupon_pool_code c
        WHERE c.merchant_id = k.merchant_id AND c.code = k.code)`;
  const places = new Map(known.map(({ code, place }) => [code, place]));
  const bad: BadLine[] = [];
  const usable: string[] = [];
  let repeated = 0;
  for (const { code, line } of codes) {
    const place = places.get(code);
    if (place === undefined) usable.push(code);
    else if (place === poolId) repeated += 1;
    else
      bad.push({
        line,
        text: code,
        problem: place === null ? "This code was issued already." : "This code is in another pool.",
      });
  }
  return { usable, repeated, bad };
}

/** A pool that is filled again may become low again. */
async function clearWarning(tx: Tx, poolId: string): Promise<void> {
  await tx.db.$executeRaw`
    UPDATE coupon_pool p SET warned_at = NULL
    WHERE p.merchant_id = ${tx.merchantId} AND p.id = ${poolId} AND p.low_at <= (
      SELECT count(*) FROM coupon_pool_code c
      WHERE c.merchant_id = p.merchant_id AND c.pool_id = p.id AND c.taken_at IS NULL)`;
}

async function lockPool(
  { db, lock, merchantId }: Tx,
  poolId: string,
): Promise<{ name: string; lowAt: number }> {
  await lock.pools(poolId);
  const pool = await db.couponPool.findUnique({
    where: { merchantId_id: { merchantId, id: poolId } },
    select: { name: true, lowAt: true },
  });
  if (!pool) throw notFound("coupon pool");
  return pool;
}

async function namedOnce<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error))
      throw new DomainError("conflict", "Another pool has this name.", "name");
    throw error;
  }
}
