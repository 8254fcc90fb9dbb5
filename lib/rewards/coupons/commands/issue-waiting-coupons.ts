import { inScope, type Scope } from "@/lib/merchants/scope";
import { issueWaiting } from "../../commands/release/issue-coupon";

/**
 * How many are issued while the one who uploads waits; the worker goes on with the rest within
 * seconds.
 */
const AT_ONCE = 200;

/**
 * Issues codes of a pool to the rewards that wait for one, those first that have waited longest.
 * Each in a transaction of its own, so that one that fails holds up no other. @returns how many got
 * theirs
 */
export async function issueWaitingCoupons(scope: Scope, poolId: string): Promise<number> {
  const waiting = await inScope(scope, ({ db }) =>
    db.reward.findMany({
      where: { merchantId: scope.merchantId, waitingPoolId: poolId, state: "available" },
      select: { id: true },
      orderBy: [{ availableAt: "asc" }, { id: "asc" }],
      take: AT_ONCE,
    }),
  );
  let issued = 0;
  for (const { id } of waiting) {
    if (!(await issueWaiting(scope, id))) break;
    issued += 1;
  }
  return issued;
}
