import type { Tx } from "@/lib/merchants/scope";
import { expiryOf } from "../rules";
import { addSteps, changeReferral } from "./write-referrals";

export type Backdate = {
  referralId: string;
  advocateId: string;
  /** When the click was that began it; null where none did. */
  clickedAt: Date | null;
  /** When the friend joined, as is known now: earlier than what is on record. */
  at: Date;
  eventId: string;
  /** From the start of the referral to its end, where no click began it. */
  windowDays: number;
};

/**
 * Dates the joining of a friend back, for an event that happened before the one that was known as
 * their joining but arrived after it. The state stays; what follows from the time is settled next.
 * Left to be written with what else waits.
 */
export function backdateReferral(
  tx: Tx,
  { referralId, clickedAt, at, eventId, windowDays }: Backdate,
): void {
  addSteps(tx, { referralId, state: "joined", reason: "joined_earlier", at, eventId });
  changeReferral(tx, {
    id: referralId,
    joinedAt: at,
    ...(clickedAt === null && { expiresAt: expiryOf(at, windowDays) }),
  });
}
