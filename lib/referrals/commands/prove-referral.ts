import type { Tx } from "@/lib/merchants/scope";
import type { ProvenBy } from "../schema";
import { changeReferral } from "./write-referrals";

/** What proves that a friend accepted an invitation. */
export type Proof = {
  referralId: string;
  /** When they showed it: by the click behind it, where there was one. */
  at: Date;
  by: ProvenBy;
};

/**
 * Notes that a referral is proven, or was earlier than was known: the earliest proof counts. What
 * follows is settled next. Left to be written with what else waits.
 */
export function proveReferral(tx: Tx, { referralId, at, by }: Proof): void {
  changeReferral(tx, { id: referralId, provenAt: at, provenBy: by });
}
