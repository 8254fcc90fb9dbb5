import { type Db, type Prisma, prismaFor } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import type { AuditAction } from "../rules/audit-actions";
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
 * A member's role is read again for it: what they may do was decided before the transaction began.
 * The time is the system's even in a sandbox, whose clock may be ahead: the log says when people
 * really acted.
 * @throws DomainError forbidden for a member who was taken off the team or got another role
 */
export async function recordAudit(scope: Scope, note: AuditNote): Promise<void> {
  await inScope(scope, async ({ db }) => {
    await requireSameRole(scope, db);
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

async function requireSameRole({ actor, merchantId, isSandbox }: Scope, db: Db): Promise<void> {
  if (actor.kind !== "member") return;
  const userId = actor.id;
  const member = isSandbox
    ? await shopMember(merchantId, userId)
    : await db.member.findUnique({ where: { merchantId_userId: { merchantId, userId } } });
  if (member?.role === actor.role) return;
  throw new DomainError(
    "forbidden",
    member
      ? "Your role was changed meanwhile. Reload the page."
      : "You are no longer on the team of this shop.",
  );
}

/** The team of a sandbox is its shop's, whose rows the transaction of the sandbox does not see. */
async function shopMember(sandboxId: string, userId: string): Promise<{ role: string } | null> {
  const sandbox = await prismaFor("goodword_gate").merchant.findUnique({
    where: { id: sandboxId },
    select: {
      sandboxOf: { select: { members: { where: { userId }, select: { role: true } } } },
    },
  });
  return sandbox?.sandboxOf?.members[0] ?? null;
}
