import { prismaFor } from "@/lib/core/db";
import { inScope, inTenant, mintScope, SCOPE_COLUMNS, type Scope, type Tx } from "../scope";

/**
 * Runs `work` for the merchant's sandbox, in the transaction of `scope` if it has one, so that a
 * change and its copy in test mode are committed together. Does nothing if `scope` is a sandbox
 * itself.
 */
export async function inSandboxOf(scope: Scope, work: (tx: Tx) => Promise<void>): Promise<void> {
  if (scope.isSandbox) return;
  const row = await prismaFor("goodword_gate").merchant.findUnique({
    where: { sandboxOfId: scope.merchantId },
    select: SCOPE_COLUMNS,
  });
  if (!row) return;
  await inScope(scope, (tx) => inTenant(tx, mintScope(row, scope.actor), work));
}
