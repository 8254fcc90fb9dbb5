import type { Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import type { AuditAction } from "../rules/audit-actions";
import { requireSameRole } from "../queries/role-now";
import { inScope, type Scope } from "../scope";

/** What was done, worded so that it is still understood when the subject is gone. */
export type AuditNote = {
  /** noun.verb, as in "program.publish". */
  action: AuditAction;
  subjectType: string;
  subjectId: string;
  /** One sentence without its subject: "Published “Spring”, version 2". */
  summary: string;
  /** What changed, without secrets. */
  detail?: Prisma.InputJsonObject;
};

/**
 * Records who did what, in the transaction of the action, so that neither exists without the other.
 * A member's role is read once more for it, after the locks of the action, for which it may have
 * waited.
 * The time is the system's even in a sandbox, whose clock may be ahead: the log says when people
 * really acted.
 * @throws DomainError forbidden for a member who was taken off the team or got another role
 */
export async function recordAudit(scope: Scope, note: AuditNote): Promise<void> {
  await inScope(scope, async ({ db }) => {
    await requireSameRole(db, scope);
    await db.auditEntry.create({
      data: {
        merchantId: scope.merchantId,
        id: newId("aud"),
        at: systemNow(),
        actorKind: scope.actor.kind,
        actorId: scope.actor.id,
        actorLabel: scope.actor.label,
        action: note.action,
        subjectType: note.subjectType,
        subjectId: note.subjectId,
        summary: note.summary,
        detail: note.detail ?? {},
      },
    });
  });
}
