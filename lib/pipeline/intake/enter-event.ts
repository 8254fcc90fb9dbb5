import { z } from "zod";
import { readShareCode } from "@/lib/core/values/code";
import { daySchema } from "@/lib/core/values/day";
import { DomainError } from "@/lib/core/errors";
import { startOfDateInZone } from "@/lib/core/time";
import { customerByRef } from "@/lib/customers/queries/customers";
import { recordEvent } from "@/lib/events/commands/record-event";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { processEvent } from "../process-event";

/** A conversion as a person enters it. Amounts are decimal text in the shop's currency. */
export const enterEventSchema = z
  .object({
    kind: z.enum(["purchase", "goal"], "Choose what happened."),
    /** The type of a goal. */
    goal: z
      .string()
      .trim()
      .regex(/^[a-z0-9_.:-]{1,64}$/, "Use a-z, 0-9, _ . : -, like trial_started.")
      .optional(),
    /** An email address, or the shop's or our id of a known customer. */
    customer: z.string("Enter the customer.").trim().min(1, "Enter the customer.").max(254),
    orderId: z.string().trim().max(200).optional(),
    total: z.string().trim().max(40).optional(),
    /** The share code of the advocate who brought them. */
    code: z.string().trim().max(40).optional(),
    /** The day it happened, in the shop's time zone; by default today. */
    on: daySchema().optional(),
  })
  .superRefine((input, context) => {
    const needs = (field: "goal" | "orderId" | "total", message: string) => {
      if (!input[field]) context.addIssue({ code: "custom", path: [field], message });
    };
    if (input.kind === "goal") needs("goal", "Enter the goal.");
    else {
      needs("orderId", "Enter the order number.");
      needs("total", "Enter the amount paid.");
    }
  });
export type EnterEvent = z.infer<typeof enterEventSchema>;

/** Which field of the form holds a part of the event. */
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
 * Enters a conversion by hand. The rules of the API apply, and it is processed at once, so that the
 * next page shows what it led to.
 * @throws DomainError with the form's field as path; conflict for an order that is on record
 */
export async function enterEvent(scope: Scope, input: EnterEvent): Promise<{ eventId: string }> {
  requirePermission(scope, "event.enter");
  return inScope(scope, async (tx) => {
    if (input.code) await checkCode(tx, input.code);
    const raw = {
      type: input.kind === "purchase" ? "purchase" : input.goal,
      occurredAt: occurredAt(tx, input.on),
      customer: await customerOf(tx, input.customer),
      ...(input.code && { code: input.code }),
      ...(input.kind === "purchase" && {
        order: { id: input.orderId, total: input.total, currency: tx.currency },
      }),
    };
    const { eventId, duplicate } = await recordEvent(tx, raw).catch(inForm);
    if (duplicate)
      throw new DomainError(
        "conflict",
        "This order is already on record. Nothing was changed.",
        "orderId",
      );
    await processEvent(tx, eventId);
    await recordAudit(tx, {
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

/** An email address may be new; an id must belong to a customer. */
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
  const known = await inScope(scope, ({ db }) =>
    db.shareCode.findUnique({
      where: { merchantId_code: { merchantId: scope.merchantId, code: readShareCode(code) ?? "" } },
      select: { code: true },
    }),
  );
  if (!known) throw new DomainError("invalid_request", "No advocate has this code.", "code");
}

/**
 * Noon of the day, or now if noon is still to come: no change of clocks moves noon to another day.
 */
function occurredAt(scope: Scope, day: string | undefined): string {
  const now = scopeNow(scope);
  if (!day) return now.toISOString();
  const start = startOfDateInZone(day, scope.timeZone);
  if (start > now) throw new DomainError("invalid_request", "This day is in the future.", "on");
  return new Date(Math.min(start.getTime() + 12 * 3_600_000, now.getTime())).toISOString();
}
