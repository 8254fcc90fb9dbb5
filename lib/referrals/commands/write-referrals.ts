import { Prisma } from "@/lib/core/db";
import { defineWrite } from "@/lib/core/statements/pending-writes";
import { newId } from "@/lib/core/id";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { ProvenBy, ReferralState } from "../schema";

/** A referral as it begins: what came of it in the same transaction is part of it. */
export type NewReferral = {
  id: string;
  programId: string;
  programVersion: number;
  advocateId: string;
  friendId: string;
  /** Which time the friend is brought to this program, counted from 1. */
  round: number;
  code: string;
  state: ReferralState;
  reason: string;
  attributedBy: string;
  channel: string | null;
  /** The advocate's arm, where the terms have an experiment. */
  arm: string | null;
  clickedAt: Date | null;
  joinedAt: Date;
  /** Null while it is only claimed that the friend accepted. */
  provenAt: Date | null;
  provenBy: ProvenBy | null;
  heldBack: boolean;
  qualifiedAt: Date | null;
  rewardedAt: Date | null;
  expiresAt: Date;
  /** What the signals that it begins with add up to, and whether it is held for a look. */
  score: number;
  reviewAt: Date | null;
};

/** What becomes of a referral: what is left out stays. */
type ReferralChange = { id: string } & Partial<
  Pick<
    NewReferral,
    | "state"
    | "reason"
    | "clickedAt"
    | "joinedAt"
    | "provenAt"
    | "provenBy"
    | "qualifiedAt"
    | "rewardedAt"
    | "expiresAt"
  >
>;

/** A step of a referral's life, as it is told. */
export type StepRecord = {
  referralId: string;
  state: ReferralState;
  reason: string;
  at: Date;
  eventId: string | null;
};

/** Leaves a referral to be written. Its friend is locked, so nobody else begins the same round. */
export function addReferral(tx: Tx, referral: NewReferral): void {
  tx.lock.made("referral", [referral.id]);
  tx.later(newReferrals, { ...referral, createdAt: scopeNow(tx) });
}

/**
 * Leaves a change of a referral to be written. One that waits to be written itself, or to be
 * changed, is changed there: no two writes of a statement touch the same row.
 */
export function changeReferral(tx: Tx, change: ReferralChange): void {
  const isIt = ({ id }: { id: string }) => id === change.id;
  const waiting = tx.waiting(newReferrals).find(isIt) ?? tx.waiting(referralChanges).find(isIt);
  if (waiting) Object.assign(waiting, change);
  else tx.later(referralChanges, { ...change });
}

/** Leaves steps to be written, in the order in which they are told. */
export function addSteps(tx: Tx, ...steps: readonly StepRecord[]): void {
  tx.later(
    referralSteps,
    ...steps.map((step) => ({
      ...step,
      id: newId("stp"),
      recordedAt: scopeNow(tx),
      actor: tx.actor.label,
    })),
  );
}

const newReferrals = defineWrite<NewReferral & { createdAt: Date }>({
  name: "new_referrals",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO referral (merchant_id, id, program_id, program_version, advocate_id, friend_id,
      round, code, state, reason, attributed_by, channel, arm, clicked_at, joined_at, proven_at,
      proven_by, held_back, qualified_at, rewarded_at, created_at, expires_at, score, review_at)
    SELECT ${merchantId}, id, "programId", "programVersion", "advocateId", "friendId", round, code,
      state, reason, "attributedBy", channel, arm, "clickedAt", "joinedAt", "provenAt",
      "provenBy", "heldBack", "qualifiedAt", "rewardedAt", "createdAt", "expiresAt",
      score, "reviewAt"
    FROM json_to_recordset(${rows}) AS n (id text, "programId" text, "programVersion" int,
      "advocateId" text, "friendId" text, round int, code text, state text, reason text,
      "attributedBy" text, channel text, arm text, "clickedAt" timestamptz,
      "joinedAt" timestamptz, "provenAt" timestamptz, "provenBy" text, "heldBack" boolean,
      "qualifiedAt" timestamptz, "rewardedAt" timestamptz, "createdAt" timestamptz,
      "expiresAt" timestamptz, score int, "reviewAt" timestamptz)
    RETURNING 1`,
});

const referralChanges = defineWrite<ReferralChange>({
  name: "referral_changes",
  locks: "referral",
  sql: (rows, merchantId) => Prisma.sql`
    UPDATE referral r SET state = COALESCE(n.state, r.state), reason = COALESCE(n.reason, r.reason),
      clicked_at = COALESCE(n."clickedAt", r.clicked_at),
      joined_at = COALESCE(n."joinedAt", r.joined_at),
      proven_at = COALESCE(n."provenAt", r.proven_at),
      proven_by = COALESCE(n."provenBy", r.proven_by),
      qualified_at = COALESCE(n."qualifiedAt", r.qualified_at),
      rewarded_at = COALESCE(n."rewardedAt", r.rewarded_at),
      expires_at = COALESCE(n."expiresAt", r.expires_at)
    FROM json_to_recordset(${rows}) AS n (id text, state text, reason text,
      "clickedAt" timestamptz, "joinedAt" timestamptz, "provenAt" timestamptz, "provenBy" text,
      "qualifiedAt" timestamptz, "rewardedAt" timestamptz, "expiresAt" timestamptz)
    WHERE r.merchant_id = ${merchantId} AND r.id = n.id RETURNING 1`,
});

const referralSteps = defineWrite<StepRecord & { id: string; recordedAt: Date; actor: string }>({
  name: "referral_steps",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO referral_step (merchant_id, referral_id, id, state, reason, at, recorded_at, actor,
      event_id)
    SELECT ${merchantId}, "referralId", id, state, reason, at, "recordedAt", actor, "eventId"
    FROM json_to_recordset(${rows}) AS n (id text, "referralId" text, state text, reason text,
      at timestamptz, "recordedAt" timestamptz, actor text, "eventId" text)
    RETURNING 1`,
});
