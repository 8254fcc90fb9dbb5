import type { Tx } from "@/lib/merchants/scope";
import type { ReferralState } from "@/lib/referrals/schema";
import type { Needs } from "./needs";
import type { ReferralOutcome } from "./past";
import { addOrders } from "./read-orders";
import type { Reading } from "./reading";

/**
 * Adds how referrals from before the range went: where they had come by its beginning, and what
 * became of them in it.
 */
export async function addOutcomes(
  tx: Tx,
  reading: Reading,
  needs: Needs,
  rows: readonly { referralId: string; friendId: string }[],
): Promise<void> {
  const friendOf = new Map(
    rows.map(({ referralId, friendId }) => [referralId, reading.friends.get(friendId)!]),
  );
  const steps = await tx.db.referralStep.findMany({
    where: {
      merchantId: tx.merchantId,
      referralId: { in: rows.map(({ referralId }) => referralId) },
      at: { lt: reading.untilAt },
    },
    orderBy: { id: "asc" },
    select: { id: true, referralId: true, state: true, at: true, eventId: true },
  });
  const cause = new Map<string, { eventId: string; at: Date }>();
  for (const { id, referralId, state, at, eventId } of steps) {
    const friend = friendOf.get(referralId)!;
    if (state === "qualified" && eventId) cause.set(referralId, { eventId, at });
    const isQualified = state === "qualified" || state === "rewarded";
    const outcome: ReferralOutcome = {
      state: isQualified ? "qualified" : (state as ReferralState),
      qualifiedBy: isQualified ? (cause.get(referralId) ?? null) : null,
    };
    if (at < reading.fromAt) friend.before = outcome;
    else
      reading.moments.push({ at, key: id, kind: "outcome", friendId: friend.friendId, ...outcome });
  }
  await addOrders(
    tx,
    reading,
    needs,
    rows.map(({ friendId }) => friendId),
    reading.fromAt,
  );
}
