import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { type AccountRef, parseAccountId } from "../rules/accounts";
import { postTransfers } from "./post-transfers";
import { isExpired } from "../rules/lots";

/**
 * Moves what is left of an expired lot back to where it came from, once. A lot that a later undoing
 * fills again expires again.
 * @param to the funding account of the program whose reward it is the worth of, or of the merchant
 * @returns how much went, 0 for a lot that is not expired or empty
 */
export async function expireLot(
  scope: Scope,
  { lotId, to }: { lotId: string; to: AccountRef },
): Promise<bigint> {
  return inScope(scope, async (tx) => {
    const lot = await tx.db.ledgerLot.findUnique({
      where: { merchantId_id: { merchantId: tx.merchantId, id: lotId } },
      include: { _count: { select: { moves: true } } },
    });
    if (
      !lot ||
      lot.expiresAt === null ||
      lot.remainingMinor === 0n ||
      !isExpired(lot, scopeNow(tx))
    )
      return 0n;
    const from = parseAccountId(lot.accountId);
    const {
      outcomes: [outcome],
    } = await postTransfers(tx, [
      {
        causeKey: `lot:${lotId}:expire:${lot._count.moves}`,
        from,
        to,
        amount: { minor: lot.remainingMinor, asset: from.asset },
        lotId,
        shortfall: "clamp",
        memo: "Expired",
        occurredAt: lot.expiresAt,
        ...(lot.rewardId !== null && { rewardId: lot.rewardId }),
      },
    ]);
    return outcome?.posted ? outcome.movedMinor : 0n;
  });
}
