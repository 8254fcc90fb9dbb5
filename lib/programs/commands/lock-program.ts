import type { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import type { Tx } from "@/lib/merchants/scope";

/** A program's row as its lock read it. */
export type LockedProgram = {
  id: string;
  slug: string;
  name: string;
  state: string;
  draft: Prisma.JsonValue;
  currentVersion: number | null;
};

/**
 * The program, not to be changed by anyone else in this transaction: every command that writes a
 * program takes this lock first. @throws DomainError not_found
 */
export async function lockProgram(tx: Tx, id: string): Promise<LockedProgram> {
  await tx.lock.programs(id);
  const [program] = await tx.db.$queryRaw<LockedProgram[]>`
    SELECT id, slug, name, state, draft, current_version AS "currentVersion"
    FROM program WHERE merchant_id = ${tx.merchantId} AND id = ${id}`;
  if (!program) throw notFound("program");
  return program;
}
