import { DATABASE_ROLES, roleAddress, roleNames, VARIABLE_OF } from "@/lib/core/database/address";
import { explainRefusal } from "@/lib/core/database/refusals";
import { settingFaults } from "@/lib/core/database/settings";
import { poolFor } from "@/lib/core/db";
import { refuseOtherDecimals } from "./rescale";

/**
 * Called before a process that serves does anything: it can reach the database as both roles, and
 * the database is one to work with.
 * @throws Error in one line that says what to do
 */
export async function requireDatabase(): Promise<void> {
  const names = roleNames();
  for (const role of DATABASE_ROLES) {
    const own = VARIABLE_OF[role];
    const variable = process.env[own] ? own : "DATABASE_URL";
    const [fault] = await settingFaults(poolFor(role), names[role]).catch((error: unknown) => {
      throw inOneLine(explainRefusal(error, roleAddress(role), variable), variable);
    });
    if (fault)
      throw new Error(`${variable}: the database cannot work: ${fault.problem}; ${fault.remedy}.`);
  }
  await refuseEmptyDatabase();
  await refuseOtherDecimals();
}

async function refuseEmptyDatabase(): Promise<void> {
  const { rows } = await poolFor("goodword_gate").query<{ isEmpty: boolean }>(
    `SELECT to_regclass('public.merchant') IS NULL AS "isEmpty"`,
  );
  if (rows[0]!.isEmpty) throw new Error("The database has no tables yet: npm run db:migrate");
}

function inOneLine(error: unknown, variable: string): Error {
  if (error instanceof Error && error.constructor === Error && error.cause) return error;
  const { message, code } = error as { message?: string; code?: string };
  const words = (message || code || String(error)).replaceAll(/\s+/g, " ");
  return new Error(`${variable}: the database does not answer (${words}).`, { cause: error });
}
