import { inScope, type Scope } from "@/lib/merchants/scope";

/**
 * How far an advocate's friends have come: how many accepted, and how many of those were qualified
 * and still stand.
 */
export async function friendCounts(
  scope: Scope,
  advocateId: string,
): Promise<{ joined: number; qualified: number }> {
  const rows = await inScope(scope, (db) =>
    db.referral.groupBy({
      by: ["state"],
      where: { merchantId: scope.merchantId, advocateId, joinedAt: { not: null } },
      _count: { _all: true },
    }),
  );
  const sum = (states: readonly string[]) =>
    rows.reduce((total, row) => total + (states.includes(row.state) ? row._count._all : 0), 0);
  return {
    joined: sum(["joined", "qualified", "rewarded", "expired"]),
    qualified: sum(["qualified", "rewarded"]),
  };
}
