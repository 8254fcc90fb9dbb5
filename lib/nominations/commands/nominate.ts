import { readShareCode } from "@/lib/core/code";
import type { z } from "zod";
import type { Db } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { storeEvent } from "@/lib/events/store";
import { recordAudit } from "@/lib/merchants/audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { publishedProgram } from "@/lib/programs/public-program";
import { processEvent } from "@/lib/pipeline/process-event";
import { queueNominationAsked } from "./announce";
import { matchAdvocate } from "../queries/match-advocate";
import { nominationQuestion } from "../queries/nominations";
import type {
  confirmNominationSchema,
  DecideNomination,
  Nominate,
  NominationState,
} from "../schema";

type Locked = {
  id: string;
  programId: string;
  friendId: string;
  orderId: string | null;
  advocateId: string | null;
  state: NominationState;
};

/**
 * Takes down whom a friend names after the purchase, once, and asks that advocate. What the friend
 * sees is the same whether somebody was found: nobody learns from a name or an address who is a
 * customer. Where nobody was, a member looks.
 * @throws DomainError not_found for the program; conflict where the program does not ask, or not
 * this customer
 */
export async function nominate(
  scope: Scope,
  { programId, friendId, said, orderId }: Nominate & { programId: string; friendId: string },
): Promise<{ nominationId: string; state: NominationState }> {
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const program = await publishedProgram(scope, programId);
    if (!program) throw notFound("program");
    // Two answers at once wait for each other here.
    await db.$queryRaw`SELECT 1 FROM customer WHERE merchant_id = ${merchantId} AND id = ${friendId} FOR NO KEY UPDATE`;
    const question = await nominationQuestion(scope, {
      programId,
      customerId: friendId,
      terms: program.terms,
    });
    if (question.kind === "said")
      throw new DomainError("conflict", "You have told us already. Thank you.");
    if (question.kind === "none" || !program.openness.open)
      throw new DomainError("conflict", "This program does not ask you who told you.");
    const about = orderId ?? question.orderId;
    const order = await db.order.findUnique({
      where: { merchantId_id: { merchantId, id: about } },
      select: { customerId: true },
    });
    if (order?.customerId !== friendId)
      throw new DomainError("invalid_request", "This is not an order of yours.", "orderId");
    const advocateId = await matchAdvocate(db, merchantId, programId, said);
    if (advocateId && (await isSame(db, merchantId, advocateId, friendId))) {
      throw new DomainError("invalid_request", "Nobody refers themselves.", "said");
    }
    const state: NominationState = advocateId ? "asked" : "unmatched";
    const id = newId("nom");
    await db.nomination.create({
      data: {
        merchantId,
        id,
        programId,
        friendId,
        said,
        orderId: about,
        advocateId,
        state,
        at: scopeNow(scope),
      },
    });
    if (advocateId) await queueNominationAsked(scope, id);
    return { nominationId: id, state };
  });
}

/**
 * An advocate's yes or no to a friend who named them. A yes counts at once where the program says
 * so, else a member decides. @throws DomainError not_found for what is not theirs; conflict when it
 * is answered
 */
export async function confirmNomination(
  scope: Scope,
  customerId: string,
  { nominationId, answer }: z.infer<typeof confirmNominationSchema>,
): Promise<{ state: NominationState }> {
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const nomination = await lock(db, merchantId, nominationId);
    if (
      !nomination.advocateId ||
      !(await isSame(db, merchantId, nomination.advocateId, customerId))
    )
      throw notFound("question");
    if (nomination.state !== "asked")
      throw new DomainError("conflict", "This is answered already.");
    const now = scopeNow(scope);
    if (answer === "no")
      return move(db, merchantId, nomination.id, { state: "declined", confirmedAt: now });
    await move(db, merchantId, nomination.id, { state: "waiting", confirmedAt: now });
    const program = await publishedProgram(scope, nomination.programId);
    return program?.terms.nominations === "advocate"
      ? accept(db, scope, nomination, nomination.advocateId)
      : { state: "waiting" };
  });
}

/**
 * A member's decision, whatever the advocate said. An accepted one becomes a referral from the time
 * of the order on, under the program's own rules, which may still refuse it: then that is the
 * reason it is rejected for.
 * @throws DomainError conflict when it is decided; invalid_request (code) where nobody is named
 */
export async function decideNomination(
  scope: Scope,
  input: DecideNomination,
): Promise<{ state: NominationState }> {
  requirePermission(scope, "referral.decide");
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const nomination = await lock(db, merchantId, input.nominationId);
    if (nomination.state === "accepted" || nomination.state === "rejected")
      throw new DomainError("conflict", "This is decided already.");
    const advocateId = input.code
      ? await advocateOfCode(db, merchantId, nomination.programId, input.code)
      : nomination.advocateId;
    if (input.decision === "accept" && !advocateId)
      throw new DomainError(
        "invalid_request",
        "Whose friend is it? Write the advocate’s code.",
        "code",
      );
    const result =
      input.decision === "accept"
        ? await accept(db, scope, nomination, advocateId!)
        : await move(db, merchantId, nomination.id, {
            state: "rejected",
            reason: input.reason!,
            decidedAt: scopeNow(scope),
            decidedBy: scope.actor.label,
          });
    await recordAudit(scope, {
      action: `nomination.${input.decision}`,
      subjectType: "customer",
      subjectId: nomination.friendId,
      summary:
        input.decision === "accept"
          ? "Accepted who a friend named"
          : `Rejected who a friend named: ${input.reason}`,
      detail: { nominationId: nomination.id, state: result.state },
    });
    return result;
  });
}

async function accept(
  db: Db,
  scope: Scope & { db: Db },
  nomination: Locked,
  advocateId: string,
): Promise<{ state: NominationState }> {
  const { merchantId } = scope;
  const { programId, friendId } = nomination;
  const friend = await db.customer.findUniqueOrThrow({
    where: { merchantId_id: { merchantId, id: friendId } },
    select: { externalId: true, email: true },
  });
  const order = await db.order.findUnique({
    where: { merchantId_id: { merchantId, id: nomination.orderId ?? "" } },
    select: { occurredAt: true },
  });
  const { code } = await db.shareCode.findFirstOrThrow({
    where: { merchantId, advocateId },
    orderBy: { createdAt: "asc" },
    select: { code: true },
  });
  const occurredAt = order?.occurredAt ?? scopeNow(scope);
  const { eventId } = await storeEvent(scope, {
    source: "dashboard",
    occurredAt,
    dedupeKey: `nomination:${nomination.id}:${advocateId}`,
    programId,
    advocateId,
    body: {
      type: "nomination",
      code,
      occurredAt: occurredAt.toISOString(),
      customer: {
        ...(friend.externalId && { id: friend.externalId }),
        ...(friend.email && { email: friend.email }),
      },
    },
  });
  const outcome = await processEvent(scope, eventId);
  const referral = await db.referral.findUnique({
    where: { merchantId_programId_friendId: { merchantId, programId, friendId } },
    select: { advocateId: true, state: true },
  });
  const decided = { advocateId, decidedAt: scopeNow(scope), decidedBy: scope.actor.label };
  if (referral?.advocateId === advocateId && referral.state !== "rejected")
    return move(db, merchantId, nomination.id, { ...decided, state: "accepted" });
  const reason =
    outcome?.decisions.findLast(({ code }) => code !== "customer_unproven")?.message ??
    "The program does not take this referral.";
  return move(db, merchantId, nomination.id, {
    ...decided,
    state: "rejected",
    reason: String(reason).slice(0, 300),
  });
}

type Move = {
  state: NominationState;
  reason?: string;
  advocateId?: string;
  confirmedAt?: Date;
  decidedAt?: Date;
  decidedBy?: string;
};

async function move(
  db: Db,
  merchantId: string,
  id: string,
  data: Move,
): Promise<{ state: NominationState }> {
  await db.nomination.update({ where: { merchantId_id: { merchantId, id } }, data });
  return { state: data.state };
}

/** The friend before the nomination, as everything that goes on to their referrals takes them. */
async function lock(db: Db, merchantId: string, nominationId: string): Promise<Locked> {
  await db.$queryRaw`
    SELECT 1 FROM customer WHERE merchant_id = ${merchantId}
      AND id = (SELECT friend_id FROM nomination WHERE merchant_id = ${merchantId} AND id = ${nominationId}) FOR NO KEY UPDATE`;
  const [nomination] = await db.$queryRaw<Locked[]>`
    SELECT id, program_id AS "programId", friend_id AS "friendId", order_id AS "orderId", advocate_id AS "advocateId", state
    FROM nomination WHERE merchant_id = ${merchantId} AND id = ${nominationId} FOR NO KEY UPDATE`;
  if (!nomination) throw notFound("answer");
  return nomination;
}

async function isSame(
  db: Db,
  merchantId: string,
  advocateId: string,
  customerId: string,
): Promise<boolean> {
  const advocate = await db.advocate.findUnique({
    where: { merchantId_id: { merchantId, id: advocateId } },
    select: { customerId: true },
  });
  return advocate?.customerId === customerId;
}

async function advocateOfCode(
  db: Db,
  merchantId: string,
  programId: string,
  text: string,
): Promise<string> {
  const code = readShareCode(text) ?? "";
  const found = await db.shareCode.findUnique({
    where: { merchantId_code: { merchantId, code } },
    select: { advocateId: true, programId: true },
  });
  if (found?.programId !== programId)
    throw new DomainError("invalid_request", "This code is not known in the program.", "code");
  return found.advocateId;
}
