import { accessDifference, accessOf, expectedAccess } from "@/lib/core/database/access";
import { DATABASE_ROLES, roleNames } from "@/lib/core/database/address";
import { settingFaults } from "@/lib/core/database/settings";
import { poolFor } from "@/lib/core/db";

/**
 * What keeps the roles that serve from working as they should, asked by themselves: rights,
 * policies and triggers that the migrations make and that are not there (or the other way round),
 * and settings of the database. One sentence each; none in a healthy installation.
 */
export async function rightsProblems(): Promise<string[]> {
  const names = roleNames();
  const expected = expectedAccess();
  // At the same time: whoever asks has little patience.
  const [access, ...faults] = await Promise.all([
    expected && accessOf(poolFor("goodword_gate"), names),
    ...DATABASE_ROLES.map((role) => settingFaults(poolFor(role), names[role])),
  ]);
  const problems = faults
    .flat()
    .map(({ problem, remedy }) => `The database: ${problem}; ${remedy}.`);
  if (!expected || !access) return problems;
  const { missing, surplus } = accessDifference(expected, access);
  if (missing.length > 0)
    problems.push(`The database lacks what it needs: ${inShort(missing)}. Run npm run db:migrate.`);
  if (surplus.length > 0)
    problems.push(`The database allows what no migration does: ${inShort(surplus)}.`);
  return problems;
}

function inShort([first = "", ...others]: string[]): string {
  return others.length > 0 ? `${first} (and ${others.length} more)` : first;
}
