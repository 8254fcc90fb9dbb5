import type { Prisma } from "@/lib/core/db";
import { assert, notFound } from "@/lib/core/errors";
import type { Scope } from "@/lib/merchants/scope";

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
export async function lockProgram(scope: Scope, id: string): Promise<LockedProgram> {
  assert(scope.db, "a program is locked inside a transaction");
  const rows = await scope.db.$queryRaw<LockedProgram[]>`
    SELECT id, slug, name, state, draft, current_version AS "currentVersion"
    FROM program WHERE merchant_id = ${scope.merchantId} AND id = ${id} FOR NO KEY UPDATE`;
  const program = rows[0];
  if (!program) throw notFound("program");
  return program;
}
