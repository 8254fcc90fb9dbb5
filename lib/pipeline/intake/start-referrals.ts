import { findEvidence } from "@/lib/attribution/queries";
import { attribute, type Evidence } from "@/lib/attribution/rules";
import { queueFriendJoined } from "@/lib/referrals/commands/announce-friend-joined";
import { backdateReferral, startReferral } from "@/lib/referrals/commands";
import { mayReopen } from "@/lib/referrals/schema";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { openness, withinDates } from "@/lib/programs/rules";
import type { Terms } from "@/lib/terms/schema";
import { armOf } from "../read/arms";
import type { Decision } from "../decide/decision";
import type { StoredEvent } from "./stored-event";
import { raiseSignals } from "./raise-signals";
import { type ProgramInEffect, programsByIds } from "../read/terms-in-effect";

/**
 * Starts a referral in each program that an event points to, by a click, a code or a coupon. An
 * earlier referral in the program stands; a new one needs evidence that counts, a program that
 * accepts friends, and a date within the program's own.
 * @param decisions takes what was decided
 */
export async function startReferrals(
  scope: Scope,
  event: StoredEvent,
  customerId: string,
  decisions: Decision[],
): Promise<void> {
  const evidence = await findEvidence(scope, {
    clickId: event.body.clickId ?? null,
    code: event.body.code ?? null,
    discountCode: event.body.order?.discountCode ?? null,
    visitorId: event.visitorId,
    occurredAt: event.occurredAt,
  });
  if (event.body.code && !evidence.some((item) => item.kind === "code")) {
    decisions.push({
      code: "code_unknown",
      message: `No advocate has the code ${event.body.code}.`,
    });
  }
  if (evidence.length === 0) return;
  const programs = await programsByIds(
    scope,
    [...new Set(evidence.map((item) => item.programId))],
    event.occurredAt,
  );
  const windowDays = new Map([...programs].map(([id, program]) => [id, program.terms.windowDays]));
  const earlier = await earlierReferrals(scope, customerId, [...programs.keys()]);

  const { occurredAt } = event;
  for (const attribution of attribute({ evidence, occurredAt, customerId, windowDays })) {
    const { programId } = attribution;
    const program = programs.get(programId)!;
    const before = earlier.filter((referral) => referral.programId === programId);
    const { evidence } = attribution;
    const ties = before.filter((referral) => isTied(referral, evidence, occurredAt));
    const own = evidence && ties.find((referral) => isEarlier(referral, evidence, occurredAt));
    if (own) {
      await backdateReferral(scope, {
        referralId: own.id,
        at: occurredAt,
        eventId: event.id,
        windowDays: program.terms.windowDays,
      });
    } else if (ties.length > 0) {
      decisions.push({
        code: "already_referred",
        message: "This customer already has a referral in this program; the first one counts.",
        programId,
      });
    } else if (evidence === null) {
      decisions.push({
        code: attribution.reason,
        message: REFUSAL_WORDS[attribution.reason],
        programId,
      });
    } else {
      const refusal = refusalOf(scope, program, occurredAt);
      if (refusal) decisions.push({ ...refusal, programId });
      else {
        const round = before.length + 1;
        await begin(scope, event, { friendId: customerId, round }, program, evidence, decisions);
      }
    }
  }
}

/** Why a program cannot take a friend of that time; null where it can. */
function refusalOf(
  scope: Scope,
  program: ProgramInEffect,
  occurredAt: Date,
): { code: string; message: string } | null {
  const closed = openness(program, program.terms, scopeNow(scope));
  if (!closed.open && closed.reason !== "ended")
    return {
      code: `program_${closed.reason}`,
      message: "The program does not accept friends at present.",
    };
  const { startsAt, endsAt } = program;
  return withinDates({ startsAt, endsAt }, occurredAt)
    ? null
    : { code: "outside_program", message: "This happened outside the program's dates." };
}

const REFUSAL_WORDS = {
  window_passed: "The click was too long ago.",
  before_click: "This happened before the click.",
  self_referral: "Customers cannot refer themselves.",
} as const;

type EarlierReferral = {
  id: string;
  programId: string;
  advocateId: string;
  state: string;
  reason: string;
  clickedAt: Date | null;
  joinedAt: Date | null;
  expiresAt: Date;
};

async function earlierReferrals(
  scope: Scope,
  friendId: string,
  programIds: string[],
): Promise<EarlierReferral[]> {
  return inScope(scope, (db) =>
    db.referral.findMany({
      where: { merchantId: scope.merchantId, friendId, programId: { in: programIds } },
      select: {
        id: true,
        programId: true,
        advocateId: true,
        state: true,
        reason: true,
        clickedAt: true,
        joinedAt: true,
        expiresAt: true,
      },
    }),
  );
}

/**
 * Whether a referral on record keeps its friend from another: of one advocate always, of another
 * from its beginning to the end of its time, and for good where it was rejected for good. Whether
 * one that began before or after it counts is decided with all facts in view.
 */
function isTied(
  { advocateId, state, reason, clickedAt, joinedAt, expiresAt }: EarlierReferral,
  evidence: Evidence | null,
  occurredAt: Date,
): boolean {
  if (state === "rejected" && !mayReopen(reason)) return true;
  const startsAt = evidence?.clickedAt ?? occurredAt;
  if (expiresAt < startsAt && expiresAt < occurredAt) return false;
  const beganAt = clickedAt ?? joinedAt;
  return evidence?.advocateId === advocateId || beganAt === null || beganAt <= startsAt;
}

/** Whether an event tells that a friend joined earlier by the same advocate than was known. */
function isEarlier(
  { advocateId, joinedAt }: EarlierReferral,
  evidence: Evidence,
  occurredAt: Date,
): boolean {
  return evidence.advocateId === advocateId && joinedAt !== null && occurredAt < joinedAt;
}

async function begin(
  scope: Scope,
  event: StoredEvent,
  { friendId, round }: { friendId: string; round: number },
  program: { id: string; version: number; terms: Terms },
  evidence: Evidence,
  decisions: Decision[],
): Promise<void> {
  const attributedBy =
    event.type === "invite_claim"
      ? "claim"
      : event.source === "dashboard"
        ? "manual"
        : evidence.kind;
  const { referralId, started } = await startReferral(scope, {
    programId: program.id,
    programVersion: program.version,
    windowDays: program.terms.windowDays,
    evidence,
    attributedBy,
    friendId,
    round,
    arm: await armOf(scope, evidence.advocateId, program.terms),
    eventId: event.id,
    joinedAt: event.occurredAt,
  });
  if (!started) return;
  decisions.push({
    code: "referral_started",
    message: "A referral has started.",
    referralId,
    programId: program.id,
    by: attributedBy,
  });
  const blocked = await raiseSignals(scope, { referralId, friendId, event });
  if (blocked) {
    decisions.push({
      code: "referral_rejected",
      message: "The referral was rejected at once.",
      referralId,
      reason: blocked,
    });
  } else {
    await queueFriendJoined(scope, referralId);
  }
}
