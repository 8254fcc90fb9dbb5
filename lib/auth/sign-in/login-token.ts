import { createHash, randomBytes } from "node:crypto";
import { type Db, type Prisma, prismaFor } from "@/lib/core/db";
import { MINUTE_MS, systemNow } from "@/lib/core/time";

/**
 * What a one-time link is for. A link made for one purpose cannot be used for another.
 */
export type LinkPurpose = "reset" | "sign_in" | "customer" | "shop";

export const LINK_MINUTES: Record<LinkPurpose, number> = {
  reset: 20,
  sign_in: 20,
  customer: 30,
  shop: 7 * 24 * 60,
};

export type OpenLink = { email: string; payload: Prisma.JsonValue };

/**
 * Makes a one-time token for an address; only its hash is stored.
 * @returns the token to put in a link
 */
export async function issueToken(
  db: Db,
  input: { purpose: LinkPurpose; email: string; payload?: Prisma.InputJsonObject },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const now = systemNow();
  // Deletes the address's expired tokens too, so that the table stays small.
  await db.loginToken.deleteMany({ where: { email: input.email, expiresAt: { lt: now } } });
  await db.loginToken.create({
    data: {
      tokenHash: hashOf(token),
      purpose: input.purpose,
      email: input.email,
      payload: input.payload ?? {},
      createdAt: now,
      expiresAt: new Date(now.getTime() + LINK_MINUTES[input.purpose] * MINUTE_MS),
    },
  });
  return token;
}

/** Looks at an unused link without using it up, for the page that shows the button. */
export async function peekToken(token: string, purpose: LinkPurpose): Promise<OpenLink | null> {
  return prismaFor("goodword_app").loginToken.findFirst({
    where: open(token, purpose),
    select: { email: true, payload: true },
  });
}

/**
 * Uses a link up: of two requests at once, one succeeds. Returns null for a token that is unknown,
 * used, expired, for another purpose or for another program.
 * @param of the program that a customer's link was made for
 */
export async function spendToken(
  db: Db,
  token: string,
  purpose: LinkPurpose,
  of?: { programId: string },
): Promise<OpenLink | null> {
  const spent = await db.loginToken.updateManyAndReturn({
    where: {
      ...open(token, purpose),
      ...(of ? { payload: { path: ["programId"], equals: of.programId } } : {}),
    },
    data: { usedAt: systemNow() },
    select: { email: true, payload: true },
  });
  return spent[0] ?? null;
}

function open(token: string, purpose: LinkPurpose) {
  return { tokenHash: hashOf(token), purpose, usedAt: null, expiresAt: { gt: systemNow() } };
}

function hashOf(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}
