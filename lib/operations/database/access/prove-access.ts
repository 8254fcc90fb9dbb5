import type pg from "pg";
import { accessDifference, accessOf, expectedAccess, forRoles } from "@/lib/core/database/access";
import type { DatabaseRole } from "@/lib/core/database/address";

/**
 * Compares grants, policies and triggers with what the migrations make, and makes what is missing:
 * a restore on a server without the roles loses every policy without a word.
 * @param owner signed in as the owner of the tables
 * @returns the statements that were missing
 * @throws Error in one line when something is there that no migration makes, or cannot be made;
 * then the database is as it was before
 */
export async function proveAccess(
  owner: pg.ClientBase,
  names: Record<DatabaseRole, string>,
  expected = expectedAccess(),
): Promise<string[]> {
  if (expected === null) return [];
  await owner.query("BEGIN");
  try {
    const { missing } = accessDifference(expected, await accessOf(owner, names));
    for (const statement of missing) await mend(owner, forRoles(statement, names));
    const after = accessDifference(expected, await accessOf(owner, names));
    const [first] = after.surplus;
    if (first !== undefined) {
      const others = after.surplus.length - 1;
      throw new Error(
        `The database allows what no migration does: ${forRoles(first, names)}` +
          `${others > 0 ? ` (and ${others} more)` : ""}. Undo it, then run npm run db:migrate.`,
      );
    }
    await owner.query("COMMIT");
    return missing;
  } catch (error) {
    await owner.query("ROLLBACK");
    throw error;
  }
}

async function mend(owner: pg.ClientBase, statement: string): Promise<void> {
  await owner.query(statement).catch((error: Error) => {
    throw new Error(
      `The database lacks what it needs, and it cannot be made: ${statement} (${error.message})`,
    );
  });
}
