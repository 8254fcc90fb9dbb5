import { prismaFor } from "@/lib/core/db";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { type AccountRef, parseAccountId } from "../rules/accounts";
import { postTransfers } from "./post-transfers";
import { isExpired } from "../rules/lots";

/** A lot whose time has come, of some merchant. */
export type DueLot = { merchantId: string; id: string };

/**
 * Lots that are expired by their merchant's clock and of which something is left, the longest
 * expired first.
 */
export async function dueLots({
  merchantId = null,
  limit,
}: {
  merchantId?: string | null;
  limit: number;
}): Promise<DueLot[]> {
  return prismaFor("goodword_gate").$queryRaw<DueLot[]>`
    WITH due AS (
      SELECT merchant_id, id, expires_at FROM ledger_lot WHERE remaining_minor > 0 AND expires_at <= now()
      UNION
      -- Sandboxes whose clock was moved. Apart, so that the index tells what is due for all others.
      SELECT l.merchant_id, l.id, l.expires_at FROM merchant m JOIN ledger_lot l ON l.merchant_id = m.id
      WHERE m.clock_offset_ms > 0 AND l.remaining_minor > 0
        AND l.expires_at <= now() + m.clock_offset_ms * interval '1 millisecond'
    )
    SELECT merchant_id AS "merchantId", id FROM due
    WHERE ${merchantId}::text IS NULL OR merchant_id = ${merchantId}
    ORDER BY expires_at, id LIMIT ${limit}`;
}

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
  return inScope(scope, async (db, scope) => {
    const lot = await db.ledgerLot.findUnique({
      where: { merchantId_id: { merchantId: scope.merchantId, id: lotId } },
      include: { _count: { select: { moves: true } } },
    });
    if (
      !lot ||
      lot.expiresAt === null ||
      lot.remainingMinor === 0n ||
      !isExpired(lot, scopeNow(scope))
    )
      return 0n;
    const from = parseAccountId(lot.accountId);
    const {
      outcomes: [outcome],
    } = await postTransfers(scope, [
      {
        causeKey: `lot:${lotId}:expire:${lot._count.moves}`,
        from,
        to,
        amount: { minor: lot.remainingMinor, asset: from.asset },
        lotId,
        takesBack: "clamp",
        memo: "Expired",
        occurredAt: lot.expiresAt,
        ...(lot.rewardId !== null && { rewardId: lot.rewardId }),
      },
    ]);
    return outcome?.posted ? outcome.movedMinor : 0n;
  });
}
