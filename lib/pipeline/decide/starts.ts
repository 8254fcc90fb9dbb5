import type { FoundEvidence } from "@/lib/attribution/queries";
import { type Attribution, attribute, type Evidence } from "@/lib/attribution/rules";
import { openness, withinDates } from "@/lib/programs/rules";
import { may } from "@/lib/merchants/rules/provenance";
import { type Backdate, newReferral, type NewReferral, type Proof } from "@/lib/referrals/commands";
import type { EarlierReferral } from "@/lib/referrals/queries/earlier";
import { mayReopen, type ProvenBy } from "@/lib/referrals/schema";
import type { StoredEvent } from "../intake/stored-event";
import type { ProgramInEffect } from "../read/terms-in-effect";
import type { Decision } from "./decision";

export type StartsInput = {
  event: Pick<
    StoredEvent,
    "id" | "type" | "source" | "provenance" | "occurredAt" | "recordedAt" | "body"
  >;
  /** Who did it. */
  customerId: string;
  /** What ties the event to advocates. */
  evidence: readonly FoundEvidence[];
  /** The programs of that evidence as they were when the event happened, by id. */
  programs: ReadonlyMap<string, ProgramInEffect>;
  /** The customer's referrals on record, in whatever program. */
  earlier: readonly EarlierReferral[];
  /** The referrals of theirs whose coupons the event's order names. */
  redeems: readonly string[];
};

/** A referral that begins, and what brought it about. */
export type Start = {
  referral: NewReferral;
  evidence: FoundEvidence;
  program: ProgramInEffect;
  eventId: string;
  recordedAt: Date;
  /** The advocate has no arm in the program's experiment yet: the referral's is to be drawn. */
  isArmDue: boolean;
};

/** What an event comes to in one program. */
export type StartDecision = {
  /** A referral that begins; its decision names it. */
  start: Start | null;
  /** The joining of one on record that is dated back; nothing is said of it. */
  backdate: Backdate | null;
  /** That the friend of one on record accepted, or had earlier than was known. */
  proof: Proof | null;
  decision: Decision | null;
};

/**
 * Which referrals an event starts, or proves: one in each program that it points to, by a click, a
 * code or a coupon. An earlier referral in the program stands; a new one needs evidence that
 * counts, a program that accepts friends, and a date within the program's own. Pure, but for the
 * new ids.
 * @param now the merchant's time
 */
export function decideStarts(input: StartsInput, now: Date): StartDecision[] {
  const { event, evidence, programs } = input;
  const { occurredAt } = event;
  const decided = shownBy(input);
  if (event.body.code && !evidence.some(({ kind }) => kind === "code")) {
    const message = `No advocate has the code ${event.body.code}.`;
    decided.push(only({ code: "code_unknown", message }));
  }
  const windowDays = new Map([...programs].map(([id, { terms }]) => [id, terms.windowDays]));
  const { customerId } = input;
  for (const attribution of attribute({ evidence, occurredAt, customerId, windowDays }))
    decided.push(inProgram(input, attribution, now));
  return decided;
}

function inProgram(
  input: StartsInput,
  attribution: Attribution<FoundEvidence>,
  now: Date,
): StartDecision {
  const { occurredAt, id: eventId } = input.event;
  const { programId, evidence } = attribution;
  const program = input.programs.get(programId)!;
  const before = input.earlier.filter((referral) => referral.programId === programId);
  const ties = before.filter((referral) => isTied(referral, evidence, occurredAt));
  const isShown = (id: string) => input.redeems.includes(id);
  const own = evidence && ties.find(({ advocateId }) => advocateId === evidence.advocateId);
  if (own) {
    const { id: referralId, advocateId, clickedAt, joinedAt } = own;
    const { windowDays } = program.terms;
    const backdate = { referralId, advocateId, clickedAt, at: occurredAt, eventId, windowDays };
    const isEarlier = joinedAt !== null && occurredAt < joinedAt;
    const shown = { at: earliest(evidence.clickedAt, occurredAt), by: proofOf(input.event) };
    const proof = proofFor(own, shown);
    if (isEarlier || proof !== null)
      return {
        start: null,
        backdate: isEarlier ? backdate : null,
        proof,
        decision: own.provenAt === null && proof && !isShown(own.id) ? accepted(own) : null,
      };
  }
  if (ties.length > 0) {
    const message = "This customer already has a referral in this program; the first one counts.";
    return only({ code: "already_referred", message, programId });
  }
  if (evidence === null) {
    const { reason } = attribution;
    return only({ code: reason, message: REFUSAL_WORDS[reason], programId });
  }
  const refusal = refusalOf(program, occurredAt, now);
  if (refusal) return only({ ...refusal, programId });
  return begin(input, program, evidence, before.length + 1);
}

function only(decision: Decision): StartDecision {
  return { start: null, backdate: null, proof: null, decision };
}

function begin(
  { event, customerId }: StartsInput,
  program: ProgramInEffect,
  evidence: FoundEvidence,
  round: number,
): StartDecision {
  const attributedBy =
    event.type === "invite_claim"
      ? "claim"
      : event.source === "dashboard"
        ? "manual"
        : evidence.kind;
  const arm = knownArm(program, evidence);
  const by = proofOf(event);
  const referral = newReferral({
    programId: program.id,
    programVersion: program.version,
    windowDays: program.terms.windowDays,
    evidence,
    attributedBy,
    friendId: customerId,
    round,
    arm: arm ?? null,
    joinedAt: event.occurredAt,
    proof: by && { at: earliest(evidence.clickedAt, event.occurredAt), by },
  });
  return {
    start: {
      referral,
      evidence,
      program,
      eventId: event.id,
      recordedAt: event.recordedAt,
      isArmDue: arm === undefined,
    },
    backdate: null,
    proof: null,
    decision: {
      code: "referral_started",
      message: "A referral has started.",
      referralId: referral.id,
      programId: program.id,
      by: attributedBy,
    },
  };
}

/** Null without an experiment; undefined where the advocate has not been drawn into an arm. */
function knownArm(
  { terms: { experiment } }: ProgramInEffect,
  { advocate }: FoundEvidence,
): string | null | undefined {
  if (!experiment) return null;
  return (advocate.experiment === experiment.id ? advocate.arm : null) ?? undefined;
}

/** Why a program cannot take a friend of that time; null where it can. */
function refusalOf(program: ProgramInEffect, occurredAt: Date, now: Date): Decision | null {
  const closed = openness(program, program.terms, now);
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

/**
 * Whether a referral on record keeps its friend from another: of one advocate always, a proven one
 * of another from its beginning to the end of its time. One that was rejected for good, or that is
 * only claimed, ties nobody else: a stranger's misuse of an address would bar its owner from every
 * invitation. Which of several counts is decided with all facts in view.
 */
function isTied(
  { advocateId, state, reason, provenAt, expiresAt }: EarlierReferral,
  evidence: Evidence | null,
  occurredAt: Date,
): boolean {
  const isSame = evidence?.advocateId === advocateId;
  if (state === "rejected" && !mayReopen(reason)) return isSame;
  const startsAt = evidence?.clickedAt ?? occurredAt;
  if (expiresAt < startsAt && expiresAt < occurredAt) return false;
  return isSame || (provenAt !== null && provenAt <= startsAt);
}

/** What an event shows of referrals on record without pointing to an advocate. */
function shownBy({ event, earlier, redeems }: StartsInput): StartDecision[] {
  const by = proofOf(event);
  if (by === null) return [];
  const { referralId } = event.body.properties ?? {};
  const answered = event.type === "invite_answer" ? [referralId] : [];
  return earlier.flatMap((referral): StartDecision[] => {
    const isAnswered = answered.includes(referral.id);
    if (!isAnswered && !redeems.includes(referral.id)) return [];
    const proof = proofFor(referral, { at: event.occurredAt, by: isAnswered ? by : "coupon" });
    return proof ? [{ ...only(accepted(referral)), proof }] : [];
  });
}

function accepted({ id: referralId, programId }: EarlierReferral): Decision {
  const message = "It is proven that the friend accepted the invitation.";
  return { code: "referral_proven", message, referralId, programId };
}

/** Who shows by an event that its customer accepted an invitation; null where nobody does. */
function proofOf(event: StartsInput["event"]): ProvenBy | null {
  if (!may(event, "accept")) return null;
  if (event.type === "invite_answer") return "email";
  return event.provenance === "server" || event.provenance === "staff" ? event.provenance : "page";
}

/** What is shown of a referral, where that is not known by then. */
function proofFor(
  { id: referralId, provenAt }: EarlierReferral,
  { at, by }: { at: Date; by: ProvenBy | null },
): Proof | null {
  if (by === null || (provenAt !== null && provenAt <= at)) return null;
  return { referralId, at, by };
}

function earliest(clickedAt: Date | null, occurredAt: Date): Date {
  return clickedAt !== null && clickedAt < occurredAt ? clickedAt : occurredAt;
}
