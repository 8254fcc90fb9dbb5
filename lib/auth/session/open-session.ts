import { prismaFor } from "@/lib/core/db";
import { randomCharacters } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import type { SignedIn } from "@/lib/merchants/rules/provenance";
import { inScope, type Scope } from "@/lib/merchants/scope";

/** Sessions as the server knows them, without the browser's cookies: tests make them too. */

/** How long a member's session may rest unused, and how exactly that is noted. */
export const MEMBER_IDLE_SECONDS = 3 * 24 * 60 * 60;
export const SEEN_EVERY_SECONDS = 10 * 60;
/** How long after signing in a member has to sign in again, whatever they do meanwhile. */
export const MEMBER_SESSION_SECONDS = 14 * 24 * 60 * 60;
/** How long after signing in a customer has to sign in again. */
export const CUSTOMER_SESSION_SECONDS = 30 * 24 * 60 * 60;

/** What the cookie says: the user, and the row by which the server knows the session. */
export type MemberToken = { sub: string; sid: string };

/**
 * Makes a session known to the server. It is good until it expires, rests too long, is ended, or
 * the user's epoch is raised, which ends all of theirs.
 * @param input.epoch the user's, as it was when they showed who they are: a session that rests on a
 * password changed meanwhile never begins
 * @param input.device what they recognise the browser by
 * @returns what its cookie says
 */
export async function openMemberSession(input: {
  userId: string;
  epoch: number;
  device?: string;
}): Promise<MemberToken> {
  const now = systemNow();
  const session = {
    id: newSessionId(),
    userId: input.userId,
    epoch: input.epoch,
    ...(input.device !== undefined && { device: input.device }),
    createdAt: now,
    seenAt: now,
    expiresAt: new Date(now.getTime() + MEMBER_SESSION_SECONDS * 1000),
  };
  const db = prismaFor("goodword_app");
  // The user's expired sessions go too, so that the table stays small.
  await db.userSession.deleteMany({ where: { userId: input.userId, expiresAt: { lt: now } } });
  await db.userSession.create({ data: session });
  return { sub: input.userId, sid: session.id };
}

/** What a customer's session rests on: an address that an email proved, or the shop's API key. */
export type Proof = { email: string } | { keyId: string };

export type CustomerToken = { merchantId: string; sid: string };

/**
 * Makes a session of a customer known to the server.
 * @param proof it ends when the address is no longer the customer's, or the key is revoked
 * @returns what its cookie says
 */
export async function openCustomerSession(
  scope: Scope,
  { customerId, ...proof }: { customerId: string } & Proof,
): Promise<CustomerToken> {
  const { merchantId } = scope;
  const now = systemNow();
  const id = newSessionId();
  await inScope(scope, async ({ db }) => {
    // The customer's expired sessions go too, so that the table stays small.
    await db.customerSession.deleteMany({
      where: { merchantId, customerId, expiresAt: { lt: now } },
    });
    await db.customerSession.create({
      data: {
        merchantId,
        id,
        customerId,
        ...proof,
        provenance: ("keyId" in proof ? "handover" : "email") satisfies SignedIn,
        createdAt: now,
        expiresAt: new Date(now.getTime() + CUSTOMER_SESSION_SECONDS * 1000),
      },
    });
  });
  return { merchantId, sid: id };
}

/** 160 random bits; the cookie that names it is sealed besides. */
function newSessionId(): string {
  return `ses_${randomCharacters(32)}`;
}
