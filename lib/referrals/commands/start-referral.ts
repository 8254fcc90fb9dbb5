import { newId } from "@/lib/core/id";
import type { Evidence } from "@/lib/attribution/rules";
import type { Tx } from "@/lib/merchants/scope";
import { expiryOf } from "../rules";
import type { ReferralReason } from "../schema";
import type { Proof } from "./prove-referral";
import { addReferral, addSteps, type NewReferral } from "./write-referrals";

type StartInput = {
  programId: string;
  programVersion: number;
  windowDays: number;
  evidence: Pick<Evidence, "advocateId" | "code" | "clickedAt" | "channel">;
  attributedBy: Evidence["kind"] | "claim" | "manual";
  friendId: string;
  /** Which time the friend is brought to this program, counted from 1. */
  round: number;
  /** The advocate's arm, where the terms have an experiment. */
  arm: string | null;
  joinedAt: Date;
  /** That the friend accepted; null where somebody only typed their address. */
  proof: Omit<Proof, "referralId"> | null;
};

const REASON: Record<StartInput["attributedBy"], ReferralReason> = {
  claim: "claimed",
  manual: "by_hand",
  click: "by_click",
  code: "by_code",
  discount_code: "by_discount_code",
  visitor: "by_visitor",
};

/** The referral of a friend by an advocate as it begins: joined, with the click behind it. */
export function newReferral(input: StartInput): NewReferral {
  const { programId, programVersion, windowDays, evidence, attributedBy } = input;
  const { friendId, round, arm, joinedAt, proof } = input;
  const { advocateId, code, channel, clickedAt } = evidence;
  return {
    id: newId("ref"),
    programId,
    programVersion,
    advocateId,
    friendId,
    round,
    code,
    state: "joined",
    reason: REASON[attributedBy],
    attributedBy,
    channel,
    arm,
    clickedAt,
    joinedAt,
    provenAt: proof?.at ?? null,
    provenBy: proof?.by ?? null,
    heldBack: false,
    qualifiedAt: null,
    rewardedAt: null,
    expiresAt: expiryOf(clickedAt ?? joinedAt, windowDays),
    score: 0,
    reviewAt: null,
  };
}

/**
 * Leaves a referral to be written with its first steps: the click behind it, where there was one,
 * then the joining. Its friend is locked, so that nobody else begins the same round.
 * @param eventId by which the friend joined
 */
export function startReferral(tx: Tx, referral: NewReferral, eventId: string): void {
  const { id: referralId, reason, clickedAt, joinedAt } = referral;
  addReferral(tx, referral);
  if (clickedAt) {
    const click = { reason: "by_click", at: clickedAt, eventId: null };
    addSteps(tx, { referralId, state: "clicked", ...click });
  }
  addSteps(tx, { referralId, state: "joined", reason, at: joinedAt, eventId });
}
