import { DomainError } from "@/lib/core/errors";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { Benefit } from "@/lib/terms/schema";

/**
 * Checks that every pool that benefits take their codes from is there. Test mode has no pools: it
 * makes codes up.
 * @throws DomainError invalid_request
 */
export async function requirePools(scope: Scope, benefits: readonly Benefit[]): Promise<void> {
  const wanted = [
    ...new Set(
      benefits.flatMap((benefit) =>
        "codes" in benefit && benefit.codes?.kind === "pool" ? [benefit.codes.poolId] : [],
      ),
    ),
  ];
  if (wanted.length === 0 || scope.isSandbox) return;
  const found = await inScope(scope, ({ db }) =>
    db.couponPool.count({ where: { merchantId: scope.merchantId, id: { in: wanted } } }),
  );
  if (found < wanted.length)
    throw new DomainError("invalid_request", "A coupon’s pool of codes does not exist.", "codes");
}
