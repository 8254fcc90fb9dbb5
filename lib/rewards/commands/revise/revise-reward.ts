import type { Tx } from "@/lib/merchants/scope";
import { freezeFacts } from "@/lib/terms/facts/conditions";
import { holdEnd } from "../../rules/decision";
import type { Change } from "../../rules/settle";
import { lockReward, worthLeft } from "../lock-reward";
import { isReversible, reversePart } from "../reverse/reverse-reward";
import { raiseReward } from "./raise-reward";

/** What became of a reward whose facts turned out different. */
export type Revision = "moved" | "reduced" | "raised";

/**
 * Brings a reward to the facts that it rests on by now: the event and order behind it, how long it
 * is on hold, and what it is worth.
 * @param cause what is behind it; `key` is unique per cause
 */
export async function reviseReward(
  tx: Tx,
  { reward: { id }, due, facts, worthMinor }: Change,
  cause: { key: string; at: Date },
): Promise<Revision> {
  const reward = await lockReward(tx, id);
  await restOn(tx, id, { due, facts }, holdEnd(reward.terms.holdDays, due.cause));
  const left = worthLeft(reward)?.minor;
  if (worthMinor === null || left === undefined || !isReversible(reward)) return "moved";
  if (worthMinor < left) {
    await reversePart(tx, reward, left - worthMinor, cause);
    return "reduced";
  }
  // What expired is not given again.
  if (worthMinor <= left + reward.expiredMinor) return "moved";
  await raiseReward(tx, reward, worthMinor, { ...cause, reason: "revised" });
  return "raised";
}

/** Notes on a reward what it rests on. A hold that is over stays over. */
export async function restOn(
  { db, merchantId }: Tx,
  rewardId: string,
  { due: { cause }, facts }: Pick<Change, "due" | "facts">,
  heldUntil: Date,
): Promise<void> {
  await db.$executeRaw`
    UPDATE reward SET event_id = ${cause.eventId}, order_id = ${cause.order?.orderId ?? null},
      earned_at = ${cause.at}, facts = facts || ${JSON.stringify(freezeFacts(facts))}::jsonb,
      held_until = CASE WHEN state = 'held' THEN ${heldUntil} ELSE held_until END
    WHERE merchant_id = ${merchantId} AND id = ${rewardId}`;
}
