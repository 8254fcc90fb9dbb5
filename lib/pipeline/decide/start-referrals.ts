import { findEvidence } from "@/lib/attribution/queries";
import { attribute, type Evidence } from "@/lib/attribution/rules";
import { queueFriendJoined } from "@/lib/referrals/commands/announce-friend-joined";
import { startReferral } from "@/lib/referrals/commands";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { openness, withinDates } from "@/lib/programs/rules";
import type { Terms } from "@/lib/terms/schema";
import { armOf } from "./arms";
import type { Decision } from "./decision";
import type { StoredEvent } from "../intake/stored-event";
import { raiseSignals } from "./raise-signals";
import { type ProgramInEffect, programsByIds } from "./terms-in-effect";

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
  const tied = await referredPrograms(scope, customerId, [...programs.keys()]);

  const { occurredAt } = event;
  for (const attribution of attribute({ evidence, occurredAt, customerId, windowDays })) {
    const { programId } = attribution;
    const program = programs.get(programId)!;
    if (tied.has(programId)) {
      decisions.push({
        code: "already_referred",
        message: "This customer already has a referral in this program; the first one counts.",
        programId,
      });
    } else if (attribution.evidence === null) {
      decisions.push({
        code: attribution.reason,
        message: REFUSAL_WORDS[attribution.reason],
        programId,
      });
    } else {
      const refusal = refusalOf(scope, program, occurredAt);
      if (refusal) decisions.push({ ...refusal, programId });
      else await begin(scope, event, customerId, program, attribution.evidence, decisions);
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

async function referredPrograms(
  scope: Scope,
  friendId: string,
  programIds: string[],
): Promise<Set<string>> {
  const rows = await inScope(scope, (db) =>
    db.referral.findMany({
      where: { merchantId: scope.merchantId, friendId, programId: { in: programIds } },
      select: { programId: true },
    }),
  );
  return new Set(rows.map((row) => row.programId));
}

async function begin(
  scope: Scope,
  event: StoredEvent,
  friendId: string,
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
