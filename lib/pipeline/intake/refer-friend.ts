import { z } from "zod";
import { DomainError, notFound } from "@/lib/core/errors";
import { idSchema } from "@/lib/core/values/own-id";
import { advocateOf, customerByRef } from "@/lib/customers/queries/customers";
import { idsNamed } from "@/lib/customers/queries/named";
import { keysOf } from "@/lib/customers/queries/customer-record";
import { readShareCode } from "@/lib/core/values/code";
import { emailSchema } from "@/lib/core/values/email";
import { EARLIEST_OCCURRED_AT, FUTURE_TOLERANCE_MS } from "@/lib/events/schema";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { findProgram } from "@/lib/programs/queries";
import { type EarlierReferral, tyingReferral } from "@/lib/referrals/queries/earlier";
import { processEvent } from "../process-event";

export const referFriendSchema = z
  .strictObject({
    program: z.string().min(1).max(100).meta({ description: "Id or slug." }),
    code: z
      .string()
      .trim()
      .min(1)
      .max(400)
      .optional()
      .meta({ description: "The advocate's code." }),
    advocate: idSchema
      .optional()
      .meta({ description: "Instead of the code: the customer who shared, by your id or ours." }),
    friend: z
      .strictObject({
        id: idSchema.optional(),
        email: emailSchema.optional(),
        name: z.string().trim().min(1).max(200).optional(),
      })
      .refine(
        ({ id, email }) => id !== undefined || email !== undefined,
        "A friend needs an id or an email address.",
      ),
    occurredAt: z.iso
      .datetime({ offset: true, error: 'Write times as "2026-11-21T10:00:00Z", with a zone.' })
      .optional()
      .meta({ description: "When the friend came; by default now." }),
  })
  .refine(({ code, advocate }) => (code === undefined) !== (advocate === undefined), {
    path: ["code"],
    error: "Send either a code or an advocate.",
  });
export type ReferFriend = z.infer<typeof referFriendSchema>;

/**
 * When it happened: a clock that runs up to an hour ahead is taken as now, as everywhere.
 * @throws DomainError invalid_request for the future, and for what no shop can remember
 */
function readOccurredAt(scope: Scope, text: string | undefined): Date {
  const now = scopeNow(scope);
  if (text === undefined) return now;
  const time = Date.parse(text);
  if (time <= now.getTime() + FUTURE_TOLERANCE_MS && time >= EARLIEST_OCCURRED_AT)
    return new Date(Math.min(time, now.getTime()));
  const message = "This time is in the future or too long ago.";
  throw new DomainError("invalid_request", message, "occurredAt");
}

/**
 * Records that an advocate brought a friend, as the shop reports it: stored as an event like a
 * claim on the invite page, and processed at once. Repeating it returns the same referral.
 * @returns the referral, which may be rejected, and whether it was created now
 * @throws DomainError not_found for the program, code or advocate; conflict where no referral can
 * start, or where the friend already has another advocate; then nothing is recorded
 */
export async function referFriend(
  scope: Scope,
  input: ReferFriend,
): Promise<{ referralId: string; created: boolean }> {
  requirePermission(scope, "event.enter");
  const occurredAt = readOccurredAt(scope, input.occurredAt);
  return inScope(scope, async (tx) => {
    const program = await findProgram(tx, input.program);
    const { code, advocateId } = await advocateBehind(tx, program.id, input);
    const keys = await keysOf(tx, input.friend);
    const find = async () => {
      const friendIds = await idsNamed(tx, keys);
      return tyingReferral(tx, { programId: program.id, advocateId, friendIds });
    };
    const before = await find();
    if (before) return { referralId: sameAdvocate(before, advocateId), created: false };

    const { eventId } = await storeEvent(tx, {
      source: "api",
      occurredAt,
      programId: program.id,
      advocateId,
      body: {
        type: "invite_claim",
        code,
        occurredAt: occurredAt.toISOString(),
        customer: {
          ...(keys.externalId && { id: keys.externalId }),
          ...(keys.email && { email: keys.email }),
          ...(input.friend.name && { name: input.friend.name }),
        },
      },
    });
    const outcome = await processEvent(tx, eventId);
    const started = await find();
    if (started) {
      const created = outcome?.decisions.some(({ code }) => code === "referral_started") ?? false;
      return { referralId: sameAdvocate(started, advocateId), created };
    }
    const why = outcome?.decisions.find((decision) => decision.programId === program.id)?.message;
    throw new DomainError("conflict", why ?? "No referral can start here.");
  });
}

async function advocateBehind(
  scope: Scope,
  programId: string,
  input: ReferFriend,
): Promise<{ code: string; advocateId: string }> {
  if (input.advocate !== undefined) {
    const customer = await customerByRef(scope, input.advocate);
    const part = await advocateOf(scope, { programId, customerId: customer.id });
    if (!part)
      throw new DomainError("not_found", "This customer has not joined the program.", "advocate");
    return { code: part.code, advocateId: part.advocate.id };
  }
  const found = await inScope(scope, ({ db }) =>
    db.shareCode.findUnique({
      where: {
        merchantId_code: {
          merchantId: scope.merchantId,
          code: readShareCode(input.code ?? "") ?? "",
        },
      },
      select: { code: true, programId: true, advocateId: true },
    }),
  );
  if (!found || found.programId !== programId) throw notFound("code in this program");
  return found;
}

function sameAdvocate({ id, advocateId }: EarlierReferral, asked: string): string {
  if (advocateId !== asked)
    throw new DomainError(
      "conflict",
      `Another advocate brought this friend first (${id}).`,
      "friend",
    );
  return id;
}
