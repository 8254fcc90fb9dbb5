import { z } from "zod";
import { readShareCode } from "@/lib/core/values/code";
import { DomainError } from "@/lib/core/errors";
import { startOfDateInZone } from "@/lib/core/time";
import { customerByRef } from "@/lib/customers/queries/customers";
import { recordEvent } from "@/lib/events/commands/record-event";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { processEvent } from "../process-event";

/**
 * A conversion as a person enters it: flat, in words. Amounts are decimal text in the shop's
 * currency.
 */
export const enterEventSchema = z
  .object({
    kind: z.enum(["purchase", "goal"], "Say what happened."),
    /** The type of a goal. */
    goal: z
      .string()
      .trim()
      .regex(/^[a-z0-9_.:-]{1,64}$/, "Use a-z, 0-9, _ . : -, like trial_started.")
      .optional(),
    /** Their address, or the shop's or our id of someone known. */
    customer: z.string("Say who it was.").trim().min(1, "Say who it was.").max(254),
    orderId: z.string().trim().max(200).optional(),
    total: z.string().trim().max(40).optional(),
    /** A share code, which makes them a friend of its owner. */
    code: z.string().trim().max(40).optional(),
    /** The day it happened in the shop's zone; today unless told. */
    on: z.iso.date("Write a date like 2026-05-31.").optional(),
  })
  .superRefine((input, context) => {
    const needs = (field: "goal" | "orderId" | "total", message: string) => {
      if (!input[field]) context.addIssue({ code: "custom", path: [field], message });
    };
    if (input.kind === "goal") needs("goal", "Name the goal.");
    else {
      needs("orderId", "Write the number of the order.");
      needs("total", "Write what was paid.");
    }
  });
export type EnterEvent = z.infer<typeof enterEventSchema>;

/** Where a place in the event stands in the form. */
const FIELD_OF: Record<string, keyof EnterEvent> = {
  "customer.email": "customer",
  "customer.id": "customer",
  "order.id": "orderId",
  "order.total": "total",
  type: "goal",
  occurredAt: "on",
  code: "code",
  id: "orderId",
};

/**
 * Enters a conversion by hand. It is read by the rules of the API and worked off at once, so that
 * the page that follows shows what it led to.
 * @throws DomainError with the form's field as path; conflict for an order that is on record
 */
export async function enterEvent(scope: Scope, input: EnterEvent): Promise<{ eventId: string }> {
  requirePermission(scope, "event.enter");
  return inScope(scope, async (_, scope) => {
    if (input.code) await checkCode(scope, input.code);
    const raw = {
      type: input.kind === "purchase" ? "purchase" : input.goal,
      occurredAt: occurredAt(scope, input.on),
      customer: await customerOf(scope, input.customer),
      ...(input.code && { code: input.code }),
      ...(input.kind === "purchase" && {
        order: { id: input.orderId, total: input.total, currency: scope.currency },
      }),
    };
    const { eventId, duplicate } = await recordEvent(scope, raw).catch(inForm);
    if (duplicate)
      throw new DomainError(
        "conflict",
        "This order is on record already. Nothing was changed.",
        "orderId",
      );
    await processEvent(scope, eventId);
    await recordAudit(scope, {
      action: "event.enter",
      subjectType: "event",
      subjectId: eventId,
      summary:
        input.kind === "purchase"
          ? `Entered order ${input.orderId} by hand`
          : `Entered “${input.goal}” by hand`,
    });
    return { eventId };
  });
}

function inForm(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  if (error.code === "idempotency_conflict") {
    throw new DomainError(
      "conflict",
      "Another purchase is on record under this order number.",
      "orderId",
    );
  }
  throw new DomainError(error.code, error.message, error.path ? FIELD_OF[error.path] : undefined);
}

/** An address may be new; an id has to be someone's. */
async function customerOf(scope: Scope, ref: string): Promise<{ id: string } | { email: string }> {
  if (ref.includes("@")) return { email: ref };
  const customer = await customerByRef(scope, ref).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  });
  if (customer?.externalId) return { id: customer.externalId };
  if (customer?.email) return { email: customer.email };
  throw new DomainError(
    "invalid_request",
    "No customer has this id. An email address works for new ones.",
    "customer",
  );
}

async function checkCode(scope: Scope, code: string): Promise<void> {
  const known = await inScope(scope, (db) =>
    db.shareCode.findUnique({
      where: { merchantId_code: { merchantId: scope.merchantId, code: readShareCode(code) ?? "" } },
      select: { code: true },
    }),
  );
  if (!known) throw new DomainError("invalid_request", "This code is not known here.", "code");
}

/**
 * Noon of the day, or now where that is still to come: a time of day that no zone's change of
 * clocks moves to another day.
 */
function occurredAt(scope: Scope, day: string | undefined): string {
  const now = scopeNow(scope);
  if (!day) return now.toISOString();
  const start = startOfDateInZone(day, scope.timeZone);
  if (start > now) throw new DomainError("invalid_request", "This day is still to come.", "on");
  return new Date(Math.min(start.getTime() + 12 * 3_600_000, now.getTime())).toISOString();
}
