import type { Role } from "@/lib/merchants/rules/roles";
import { inScope } from "@/lib/merchants/scope";
import type { Shop } from "./shop";

/**
 * For tests only: gives a member another role, or takes them off the team with `null`, past all
 * commands.
 * @returns puts them back
 */
export async function changeMember(
  { scope, members }: Shop,
  member: Role,
  role: Role | null,
): Promise<() => Promise<void>> {
  const { merchantId } = scope;
  const userId = members[member];
  const where = { merchantId_userId: { merchantId, userId } };
  const before = await inScope(scope, async ({ db }) => {
    const row = await db.member.findUniqueOrThrow({ where });
    if (role === null) await db.member.delete({ where });
    else await db.member.update({ where, data: { role } });
    return row;
  });
  return () =>
    inScope(scope, async ({ db }) => {
      await db.member.upsert({ where, create: before, update: { role: before.role } });
    });
}
