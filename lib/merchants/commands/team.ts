import { createHash, randomBytes } from "node:crypto";
import type { z } from "zod";
import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { addDays, systemNow } from "@/lib/core/time";
import { revokeKeysOf } from "./keys";
import { recordAudit } from "./record-audit";
import { assignableRoles, type Role, roleAllows } from "../rules/roles";
import { judgeMemberChange } from "../rules/member-change";
import type {
  changeRoleSchema,
  inviteSchema,
  removeMemberSchema,
  revokeInviteSchema,
} from "../schema";
import { inScope, requirePermission, type Scope, type Tx } from "../scope";
import { refuseSandbox } from "./refuse-sandbox";

export const INVITE_DAYS = 7;

/** SHA-256 of an invitation's token in hex; the token itself is not stored. */
export function hashInviteToken(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}

/**
 * Invites someone to the team. It replaces an open invitation to the same address, if the inviter
 * may revoke that one.
 * @returns the token for the link; only its hash is stored
 * @throws DomainError forbidden for a role that the inviter may not give; conflict for someone who
 * is on the team
 */
export async function inviteMember(
  scope: Scope,
  input: z.output<typeof inviteSchema>,
): Promise<{ id: string; token: string }> {
  requirePermission(scope, "team.manage");
  refuseSandbox(scope);
  requireAssignable(scope, input.role);
  const token = randomBytes(32).toString("base64url");
  const now = systemNow();
  return inScope(scope, async (tx) => {
    const merchantId = tx.merchantId;
    // Whoever is taken off the team meanwhile leaves no invitation behind.
    await tx.lock.alone("team");
    const there = await tx.db.member.findFirst({
      where: { merchantId, user: { email: input.email } },
    });
    if (there) throw new DomainError("conflict", "This person is already on the team.", "email");
    const before = { merchantId, email: input.email, acceptedAt: null, revokedAt: null };
    for (const { role } of await tx.db.memberInvite.findMany({
      where: { ...before, expiresAt: { gt: now } },
      select: { role: true },
    })) {
      requireAssignable(tx, role as Role);
    }
    await tx.db.memberInvite.updateMany({ where: before, data: { revokedAt: now } });
    const invite = await tx.db.memberInvite.create({
      data: {
        merchantId,
        id: newId("inv"),
        email: input.email,
        role: input.role,
        tokenHash: hashInviteToken(token),
        invitedBy: tx.actor.id,
        createdAt: now,
        expiresAt: addDays(now, INVITE_DAYS),
      },
    });
    await recordAudit(tx, {
      action: "member.invite",
      subjectType: "invite",
      subjectId: invite.id,
      summary: `Invited ${input.email} as ${input.role}`,
      detail: { role: input.role },
    });
    return { id: invite.id, token };
  });
}

/** Revokes an open invitation. @throws DomainError not_found unless it is open */
export async function revokeInvite(
  scope: Scope,
  input: z.output<typeof revokeInviteSchema>,
): Promise<void> {
  requirePermission(scope, "team.manage");
  refuseSandbox(scope);
  await inScope(scope, async (tx) => {
    const where = {
      merchantId: tx.merchantId,
      id: input.inviteId,
      acceptedAt: null,
      revokedAt: null,
    };
    const invite = await tx.db.memberInvite.findFirst({ where });
    if (!invite) throw notFound("open invitation");
    requireAssignable(tx, invite.role as Role);
    await tx.db.memberInvite.updateMany({ where, data: { revokedAt: systemNow() } });
    await recordAudit(tx, {
      action: "member.revoke_invite",
      subjectType: "invite",
      subjectId: invite.id,
      summary: `Revoked the invitation of ${invite.email}`,
    });
  });
}

/**
 * Changes a member's role. What they made and the new role could not make ends: open invitations,
 * and API keys.
 * @throws DomainError conflict or forbidden as `judgeMemberChange` says
 */
export async function changeRole(
  scope: Scope,
  input: z.output<typeof changeRoleSchema>,
): Promise<void> {
  requirePermission(scope, "team.manage");
  await changeMember(scope, input.userId, input.role);
}

/**
 * Removes a member from the team, and revokes their open invitations and the API keys that they
 * made. Members may remove themselves; the last owner cannot be removed.
 */
export async function removeMember(
  scope: Scope,
  input: z.output<typeof removeMemberSchema>,
): Promise<void> {
  if (scope.actor.id !== input.userId) requirePermission(scope, "team.manage");
  await changeMember(scope, input.userId, null);
}

async function changeMember(scope: Scope, userId: string, next: Role | null): Promise<void> {
  refuseSandbox(scope);
  await inScope(scope, async (tx) => {
    const merchantId = tx.merchantId;
    // Two owners cannot each remove the other at once.
    await tx.lock.alone("team");
    const owners = await tx.db.member.count({ where: { merchantId, role: "owner" } });
    const key = { merchantId_userId: { merchantId, userId } };
    const member = await tx.db.member.findUnique({
      where: key,
      include: { user: { select: { name: true, email: true } } },
    });
    if (!member) throw notFound("member");
    const verdict = judgeMemberChange({
      actor: actingRole(tx),
      target: member.role as Role,
      isSelf: tx.actor.id === userId,
      next,
      owners,
    });
    if (!verdict.allowed) throw new DomainError("forbidden", verdict.reason, "role");
    if (next === member.role) return;
    // Before the change: those who change themselves have lost their role after it.
    await recordAudit(tx, {
      action: next === null ? "member.remove" : "member.change_role",
      subjectType: "member",
      subjectId: userId,
      summary:
        next === null
          ? `Took ${member.user.name} off the team`
          : `Made ${member.user.name} ${next}, was ${member.role}`,
      detail: { email: member.user.email, from: member.role, to: next },
    });
    if (next === null || !roleAllows(next, "keys.manage"))
      await revokeKeysOf(tx, userId, member.user.name);
    if (next === null) {
      await tx.db.savedView.deleteMany({ where: { merchantId, userId, isShared: false } });
      await tx.db.member.delete({ where: key });
    }
    if (next !== null) await tx.db.member.update({ where: key, data: { role: next } });
    // Otherwise they could come back, or keep their old role, by an invitation that they made
    // before.
    await tx.db.memberInvite.updateMany({
      where: {
        merchantId,
        invitedBy: userId,
        acceptedAt: null,
        revokedAt: null,
        role: { notIn: next === null ? [] : [...assignableRoles(next)] },
      },
      data: { revokedAt: systemNow() },
    });
  });
}

/**
 * A member whom the actor may remove, for what else is done to them.
 * @throws DomainError forbidden, or not_found for who is no member
 */
export async function requireOver(tx: Tx, userId: string): Promise<{ name: string }> {
  requirePermission(tx, "team.manage");
  refuseSandbox(tx);
  const member = await tx.db.member.findUnique({
    where: { merchantId_userId: { merchantId: tx.merchantId, userId } },
    select: { role: true, user: { select: { name: true } } },
  });
  if (!member) throw notFound("member");
  requireAssignable(tx, member.role as Role);
  return member.user;
}

function requireAssignable(scope: Scope, role: Role): void {
  if (!assignableRoles(actingRole(scope)).includes(role)) {
    throw new DomainError("forbidden", "Only an owner may add owners.", "role");
  }
}

/**
 * The role that an actor has in the team. A secret key acts as an admin, so it cannot appoint
 * owners; the product itself may do anything.
 */
function actingRole({ actor }: Scope): Role {
  if (actor.kind === "member") return actor.role;
  return actor.kind === "system" ? "owner" : "admin";
}
