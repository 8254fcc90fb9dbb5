import { noteScores } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { settleKnown, settleSignals } from "../../intake/raise-signals";
import { settleFriends } from "../../process/settle-friends";
import type { Pair } from "./move-rows";

/**
 * Brings everything of these customers to where the facts now lead: their own referrals at once,
 * what they earn as advocates, tiers, badges and scores by the notes that the worker goes through.
 */
export async function resettle(tx: Tx, customerIds: readonly string[]): Promise<void> {
  const { db, merchantId } = tx;
  const now = scopeNow(tx);
  for (const customerId of customerIds) {
    await settleSignals(tx, new Map([[customerId, null]]));
    await settleFriends(tx, [customerId], { key: `merge:${now.getTime()}`, at: now });
    await db.$executeRaw`
      INSERT INTO advocate_due (merchant_id, advocate_id, kind, ref, noted_in, noted_at)
      SELECT a.merchant_id, a.id, n.kind, '', pg_current_xact_id()::text::bigint, now()
      FROM advocate a, (VALUES ('joined'), ('friends')) n (kind)
      WHERE a.merchant_id = ${merchantId} AND a.customer_id = ${customerId}
      ON CONFLICT DO NOTHING`;
    await db.$executeRaw`
      INSERT INTO loyalty_due (merchant_id, customer_id, noted_in, why)
      VALUES (${merchantId}, ${customerId}, pg_current_xact_id()::text::bigint, 'facts')
      ON CONFLICT DO NOTHING`;
  }
  noteScores(tx, customerIds);
}

/**
 * What a merge shows at once: someone was their own friend, or came twice in one program.
 * @param doubled referrals beside which an earlier one stands
 * @returns those that were rejected
 */
export async function raiseDoubles(
  tx: Tx,
  { intoId }: Pair,
  doubled: readonly string[],
): Promise<string[]> {
  const own = await tx.db.referral.findMany({
    where: {
      merchantId: tx.merchantId,
      friendId: intoId,
      advocate: { customerId: intoId },
    },
    select: { id: true },
  });
  const rejected: string[] = [];
  for (const [kind, detail, ids] of [
    [
      "self_referral",
      "Friend and advocate were merged: they are one person.",
      own.map(({ id }) => id),
    ],
    ["duplicate_friend", "The friend was merged with one who had been referred before.", doubled],
  ] as const)
    for (const referralId of ids) {
      const signal = { kind, severity: "block", detail, evidence: [] } as const;
      const settled = await settleKnown(tx, referralId, signal);
      if (settled?.rejectedFor) rejected.push(referralId);
    }
  return rejected;
}
