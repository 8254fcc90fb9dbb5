import type { Tx } from "@/lib/merchants/scope";
import type { Moved } from "../schema";
import type { Pair } from "./move-rows";

/**
 * The higher of two tiers stands until it is next looked at: one of them moves to the remaining
 * customer, and what both earned together is counted then.
 */
export async function moveTier(
  { db, merchantId }: Tx,
  { fromId, intoId }: Pair,
): Promise<Moved["tier"]> {
  const tiers = await db.customerTier.findMany({
    where: { merchantId, customerId: { in: [fromId, intoId] } },
    include: { tier: { select: { rank: true } } },
  });
  const own = tiers.find(({ customerId }) => customerId === fromId);
  if (!own) return null;
  const other = tiers.find(({ customerId }) => customerId === intoId);
  if (other && other.tier.rank >= own.tier.rank) return "kept";
  if (other)
    await db.customerTier.delete({
      where: { merchantId_customerId: { merchantId, customerId: intoId } },
    });
  await db.customerTier.update({
    where: { merchantId_customerId: { merchantId, customerId: fromId } },
    data: { customerId: intoId },
  });
  return "moved";
}
