import type { z } from "zod";
import { notFound } from "@/lib/core/errors";
import { systemNow } from "@/lib/core/time";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import type { releaseSchema } from "../outbox-schema";

/**
 * Sends emails after all that were held back beyond a limit: one, or all of the shop's.
 * @returns how many there were
 * @throws DomainError not_found for one that is not held
 */
export async function releaseEmails(
  scope: Scope,
  { messageId }: z.output<typeof releaseSchema>,
): Promise<number> {
  requirePermission(scope, "outbox.release");
  return inScope(scope, async (tx) => {
    const { count } = await tx.db.message.updateMany({
      where: { merchantId: tx.merchantId, state: "held", ...(messageId && { id: messageId }) },
      data: { state: "queued", heldReason: null, nextTryAt: systemNow() },
    });
    if (messageId && count === 0) throw notFound("held email");
    if (count > 0)
      await recordAudit(tx, {
        action: "outbox.release",
        subjectType: "message",
        subjectId: messageId ?? "all",
        summary: count === 1 ? "Released an email" : `Released ${count} emails`,
      });
    return count;
  });
}
