import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";

/** Deletes a merchant's requests that nobody confirmed in time. @returns how many */
export async function forgetRequests(scope: Scope): Promise<number> {
  const { count } = await inScope(scope, (tx) =>
    tx.db.payoutDestination.deleteMany({
      where: {
        merchantId: tx.merchantId,
        confirmedAt: null,
        expiresAt: { lt: scopeNow(tx) },
      },
    }),
  );
  return count;
}
