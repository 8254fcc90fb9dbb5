import { findEvidence } from "@/lib/attribution/queries";
import { attribute, type Evidence } from "@/lib/attribution/rules";
import { emailIdentity } from "@/lib/customers/rules";
import { signalsOf } from "@/lib/fraud/rules";
import { queueFriendJoined } from "@/lib/referrals/commands/announce-friend-joined";
import { lockReferral, startReferral, stepReferral } from "@/lib/referrals/commands";
import type { ReferralReason } from "@/lib/referrals/schema";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { openness, withinDates } from "@/lib/programs/rules";
import type { Terms } from "@/lib/terms/schema";
import { armOf } from "./arms";
import type { Decision, StoredEvent } from "../intake/stored-event";
import { programsByIds } from "./terms-in-effect";

/**
 * Ties an event's customer to the advocates it points to, one per program: existing referrals
 * stand, a new one begins where the evidence holds, the program takes friends, and the date lies
 * within its own.
 */
export async function refer(
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
      message: `The code ${event.body.code} is not known here.`,
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

  for (const attribution of attribute({
    evidence,
    occurredAt: event.occurredAt,
    customerId,
    windowDays,
  })) {
    const { programId } = attribution;
    const program = programs.get(programId)!;
    if (tied.has(programId)) {
      decisions.push({
        code: "already_referred",
        message: "This customer is already a friend in this program; the first one counts.",
        programId,
      });
    } else if (attribution.evidence === null) {
      decisions.push({
        code: attribution.reason,
        message: REFUSAL_WORDS[attribution.reason],
        programId,
      });
    } else {
      const closed = openness(program, program.terms, scopeNow(scope));
      if (!closed.open && closed.reason !== "ended") {
        decisions.push({
          code: `program_${closed.reason}`,
          message: "The program takes no friends now.",
          programId,
        });
      } else if (
        !withinDates({ startsAt: program.startsAt, endsAt: program.endsAt }, event.occurredAt)
      ) {
        decisions.push({
          code: "outside_program",
          message: "This happened outside the program's dates.",
          programId,
        });
      } else {
        await begin(scope, event, customerId, program, attribution.evidence, decisions);
      }
    }
  }
}

const REFUSAL_WORDS = {
  window_passed: "The click is too long ago.",
  before_click: "This happened before the click.",
  self_referral: "Nobody refers themselves.",
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
    message: "A referral began.",
    referralId,
    programId: program.id,
    by: attributedBy,
  });
  const blocked = await raiseSignals(scope, {
    referralId,
    programId: program.id,
    friendId,
    event,
    evidence,
  });
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

async function raiseSignals(
  scope: Scope,
  about: {
    referralId: string;
    programId: string;
    friendId: string;
    event: StoredEvent;
    evidence: Evidence;
  },
): Promise<string | null> {
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const { friendId, programId, evidence, event } = about;
    const people = await db.customer.findMany({
      where: { merchantId, id: { in: [friendId, evidence.advocateCustomerId] } },
      select: { id: true, email: true },
    });
    const identityOf = (id: string) => {
      const email = people.find((person) => person.id === id)?.email;
      return email ? emailIdentity(email) : null;
    };
    const friendIdentity = identityOf(friendId);
    const [facts] = await db.$queryRaw<
      {
        sharesBrowserWithAdvocate: boolean;
        sharesBrowserWithFriends: boolean;
        sameIdentityReferred: boolean;
        friendReferredAdvocate: boolean;
      }[]
    >`
      SELECT
        EXISTS (SELECT FROM customer_visitor v JOIN customer_visitor w
            ON w.merchant_id = v.merchant_id AND w.visitor_id = v.visitor_id AND w.customer_id = ${evidence.advocateCustomerId}
          WHERE v.merchant_id = ${merchantId} AND v.customer_id = ${friendId}) AS "sharesBrowserWithAdvocate",
        EXISTS (SELECT FROM customer_visitor v JOIN customer_visitor w
            ON w.merchant_id = v.merchant_id AND w.visitor_id = v.visitor_id AND w.customer_id <> ${friendId}
          JOIN referral r ON r.merchant_id = w.merchant_id AND r.friend_id = w.customer_id AND r.advocate_id = ${evidence.advocateId}
          WHERE v.merchant_id = ${merchantId} AND v.customer_id = ${friendId}) AS "sharesBrowserWithFriends",
        EXISTS (SELECT FROM customer c JOIN referral r
            ON r.merchant_id = c.merchant_id AND r.friend_id = c.id AND r.program_id = ${programId}
          WHERE c.merchant_id = ${merchantId} AND c.email_identity = ${friendIdentity} AND c.id <> ${friendId}) AS "sameIdentityReferred",
        EXISTS (SELECT FROM referral r JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
          WHERE r.merchant_id = ${merchantId} AND r.program_id = ${programId} AND a.customer_id = ${friendId}
            AND r.friend_id = ${evidence.advocateCustomerId}) AS "friendReferredAdvocate"`;
    const signals = signalsOf({
      friend: { customerId: friendId, emailIdentity: friendIdentity },
      advocate: {
        customerId: evidence.advocateCustomerId,
        emailIdentity: identityOf(evidence.advocateCustomerId),
      },
      ...facts!,
    });
    const [gravest] = signals;
    if (!gravest) return null;
    const at = scopeNow(scope);
    await db.fraudSignal.createMany({
      data: signals.map((signal) => ({ merchantId, referralId: about.referralId, ...signal, at })),
      skipDuplicates: true,
    });
    if (gravest.severity === "block") {
      await stepReferral(scope, {
        referralId: about.referralId,
        state: "rejected",
        reason: gravest.kind as ReferralReason,
        at: event.occurredAt,
        eventId: event.id,
      });
      return gravest.kind;
    }
    await lockReferral(db, merchantId, about.referralId);
    await db.referral.update({
      where: { merchantId_id: { merchantId, id: about.referralId } },
      data: { reviewAt: at },
    });
    return null;
  });
}
