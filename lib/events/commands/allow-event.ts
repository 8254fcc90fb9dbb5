import { z } from "zod";
import { DomainError, notFound } from "@/lib/core/errors";
import { systemNow } from "@/lib/core/time";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { eventSchema, MONEY_TYPES, RESERVED_TYPES } from "../schema";

/** More a day is no limit. */
const MOST_A_DAY = 1_000;
/** A shop that allows more believes its web pages of everything. */
const MOST_ALLOWED = 20;

const limit = `Enter a number from 1 to ${MOST_A_DAY}.`;

export const allowEventSchema = z.object({
  type: eventSchema.shape.type.refine(
    (type) => ![...MONEY_TYPES, ...RESERVED_TYPES, "share"].includes(type),
    "Orders, refunds and what our own pages record never count from browsers.",
  ),
  perDay: z.coerce.number(limit).int(limit).min(1, limit).max(MOST_A_DAY, limit),
});
export const disallowEventSchema = z.object({ type: z.string().max(64) });

/**
 * Lets events of a type count as goals also when a browser sends them, up to a number within 24
 * hours in each program; staff review what they earn. Again, it changes the number.
 * @throws DomainError conflict for one type too many
 */
export async function allowEvent(
  scope: Scope,
  { type, perDay }: z.output<typeof allowEventSchema>,
): Promise<void> {
  requirePermission(scope, "settings.edit");
  await inScope(scope, async (tx) => {
    const { db, merchantId } = tx;
    await tx.lock.alone("team");
    const where = { merchantId_type: { merchantId, type } };
    const known = await db.allowedEvent.findUnique({ where });
    if (!known && (await db.allowedEvent.count({ where: { merchantId } })) >= MOST_ALLOWED)
      throw new DomainError("conflict", `No more than ${MOST_ALLOWED} types can count.`, "type");
    const data = { perDay, at: systemNow(), actor: tx.actor.label };
    await db.allowedEvent.upsert({
      where,
      create: { merchantId, type, ...data },
      update: data,
    });
    await recordAudit(tx, {
      action: "event.allow",
      subjectType: "event_type",
      subjectId: type,
      summary: `Let “${type}” of web pages count, ${perDay} a day in each program`,
      detail: { perDay, before: known?.perDay ?? null },
    });
  });
}

/** Has events of a type not count from browsers any more. @throws DomainError not_found */
export async function disallowEvent(
  scope: Scope,
  { type }: z.output<typeof disallowEventSchema>,
): Promise<void> {
  requirePermission(scope, "settings.edit");
  await inScope(scope, async (tx) => {
    const { count } = await tx.db.allowedEvent.deleteMany({
      where: { merchantId: tx.merchantId, type },
    });
    if (count === 0) throw notFound("type of event");
    await recordAudit(tx, {
      action: "event.disallow",
      subjectType: "event_type",
      subjectId: type,
      summary: `Has “${type}” of web pages no longer count`,
    });
  });
}
