import { prismaFor } from "@/lib/core/db";
import { environment } from "@/lib/core/env";
import { DomainError, isUniqueViolation, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import { recordAudit } from "./record-audit";
import { hashChosenPassword } from "../rules/chosen-password";
import { ROLES, type Role } from "../rules/roles";
import { scopeOfSystem } from "../queries/directory";
import { inScope, SCOPE_COLUMNS } from "../scope";
import { hashInviteToken } from "./team";

export type OpenInvite = {
  merchantId: string;
  shopName: string;
  slug: string;
  email: string;
  role: Role;
  hasAccount: boolean;
};

/** Finds an open invitation by the token of its link; null if it cannot be accepted (any more). */
export async function openInvite(token: string): Promise<OpenInvite | null> {
  const invite = await findOpen(token);
  if (!invite) return null;
  const account = await prismaFor("goodword_app").user.findUnique({
    where: { email: invite.email },
    select: { id: true },
  });
  return {
    merchantId: invite.merchantId,
    shopName: invite.merchant.name,
    slug: invite.merchant.slug,
    email: invite.email,
    role: invite.role as Role,
    hasAccount: account !== null,
  };
}

/**
 * Who accepts: a signed-in user, whose address must be the invited one, or a new user with the
 * password they choose.
 */
export type Accepting = { userId: string } | { name: string; password: string };

const ADDRESS_NOT_SHOWN =
  "Confirm that this email is yours first: on your account page, press “Confirm this email” and " +
  "follow the link that we send you. Then open this invitation again.";

/**
 * Puts the invited person on the team, once. Someone who is on it already keeps the greater of both
 * roles.
 * @throws DomainError not_found for a link that is used up, forbidden for another person's or for
 * an account whose holder has not shown yet (by a link from an email) that its address is theirs,
 * conflict when the address has an account: then they must sign in, since a link alone must not
 * open an account; invalid_request for a password that is easy to guess
 */
export async function acceptInvite(
  token: string,
  who: Accepting,
): Promise<{ userId: string; slug: string }> {
  const invite = await findOpen(token);
  if (!invite) throw notFound("open invitation");
  const { email, merchant: shop } = invite;
  const passwordHash =
    "password" in who
      ? await hashChosenPassword(who.password, { email, name: who.name, shopName: shop.name })
      : null;
  const userId = "userId" in who ? who.userId : newId("usr");
  const merchantId = invite.merchantId;
  const label = "name" in who ? who.name : invite.email;
  // Nobody is a member before this transaction has made them one.
  await inScope(scopeOfSystem(invite.merchant, label), async (tx) => {
    const now = systemNow();
    // Of two requests at once, only one sets it; the other finds nothing left to accept.
    const taken = await tx.db.memberInvite.updateMany({
      where: { merchantId, id: invite.id, acceptedAt: null, revokedAt: null },
      data: { acceptedAt: now },
    });
    if (taken.count !== 1) throw notFound("open invitation");
    if ("userId" in who) {
      const user = await tx.db.user.findUnique({
        where: { id: userId },
        select: { email: true, emailProvenAt: true },
      });
      if (user?.email !== invite.email) {
        throw new DomainError(
          "forbidden",
          `This invitation is for ${email}. Sign in with that address.`,
        );
      }
      // Anyone can sign up with anyone's address, and wait in that account for what others let into
      // it. Where no email is sent, nobody could show that it is theirs.
      if (user.emailProvenAt === null && environment().SMTP_URL)
        throw new DomainError("forbidden", ADDRESS_NOT_SHOWN);
    } else {
      await tx.db.user.create({
        data: { id: userId, email: invite.email, name: who.name, passwordHash, createdAt: now },
        select: { id: true },
      });
    }
    const key = { merchantId_userId: { merchantId, userId } };
    const there = await tx.db.member.findUnique({ where: key });
    const role = there ? greater(there.role as Role, invite.role as Role) : invite.role;
    await tx.db.member.upsert({
      where: key,
      create: { merchantId, userId, role, createdAt: now },
      update: { role },
    });
    const joined = { kind: "member", id: userId, label, role: role as Role } as const;
    await recordAudit(
      { ...tx, actor: joined },
      {
        action: "member.join",
        subjectType: "member",
        subjectId: userId,
        summary: `${invite.email} joined as ${role}`,
      },
    );
  }).catch((error: unknown) => {
    if (isUniqueViolation(error))
      throw new DomainError("conflict", "This email already has an account. Sign in to accept.");
    throw error;
  });
  return { userId, slug: invite.merchant.slug };
}

async function findOpen(token: string) {
  return prismaFor("goodword_gate")
    .memberInvite.findFirst({
      where: {
        tokenHash: hashInviteToken(token),
        acceptedAt: null,
        revokedAt: null,
        expiresAt: { gt: systemNow() },
      },
      select: { merchantId: true, id: true, email: true, role: true },
    })
    .then(async (invite) => {
      if (!invite) return null;
      const merchant = await prismaFor("goodword_gate").merchant.findUniqueOrThrow({
        where: { id: invite.merchantId },
        select: { ...SCOPE_COLUMNS, name: true },
      });
      return { ...invite, merchant };
    });
}

function greater(one: Role, other: Role): Role {
  return ROLES.indexOf(one) <= ROLES.indexOf(other) ? one : other;
}
