import type { Asset } from "@/lib/core/money";
import { inScope, type Scope } from "@/lib/merchants/scope";

/**
 * For tests only: the sum of all balances per asset, in order of the asset. Each is 0, or the
 * ledger is wrong.
 */
export async function assetSums(scope: Scope): Promise<{ asset: Asset; sumMinor: bigint }[]> {
  return inScope(
    scope,
    async ({ db, merchantId }) => db.$queryRaw`
      SELECT asset, sum(balance_minor)::bigint AS "sumMinor" FROM ledger_account
      WHERE merchant_id = ${merchantId} GROUP BY asset ORDER BY asset`,
  );
}
