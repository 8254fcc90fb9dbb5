import { type Db, prismaFor } from "@/lib/core/db";
import { DomainError, isUniqueViolation } from "@/lib/core/errors";
import { newId, randomCharacters } from "@/lib/core/id";
import { assetScale, currencyAsset } from "@/lib/core/money";
import { systemNow } from "@/lib/core/time";
import { recordAudit } from "./record-audit";
import { merchantBySlug, signUpPolicy } from "../queries/directory";
import { hashPassword } from "../rules/password";
import { slugFrom } from "../rules/slug";
import type { SignUp } from "../schema";
import { mintScope } from "../scope";

export type SignedUp = {
  userId: string;
  merchantId: string;
  slug: string;
  sandboxId: string;
  sandboxSlug: string;
};

type SignUpOptions = { asStranger?: boolean; isInvited?: (db: Db) => Promise<boolean> };

/**
 * Creates a user, their merchant with its sandbox, and the owner's membership in one transaction.
 * @param input as `signUpSchema` gives it
 * @param options.asStranger they came by themselves: only where SIGN_UP lets them open a shop
 * @param options.isInvited whether they hold an invitation, which it uses up in this transaction
 * @throws DomainError forbidden where it does not; conflict if the address cannot be used, whose
 * message does not reveal that it has an account
 */
export async function signUpMerchant(
  input: SignUp,
  { asStranger = false, isInvited }: SignUpOptions = {},
): Promise<SignedUp> {
  // Hashed before any look-up, so that a known address takes as long as a new one.
  const passwordHash = await hashPassword(input.password);
  const slug = await freeSlug(input.shopName);
  const now = systemNow();
  const userId = newId("usr");
  const merchant = {
    id: newId("mer"),
    slug,
    name: input.shopName,
    currency: input.currency,
    currencyScale: assetScale(currencyAsset(input.currency)),
    timeZone: input.timeZone,
    sandboxOfId: null,
    clockOffsetMs: 0n,
    createdAt: now,
  };
  const sandbox = { ...merchant, id: newId("mer"), slug: `${slug}-test`, sandboxOfId: merchant.id };
  try {
    await prismaFor("goodword_app").$transaction(async (db) => {
      if (asStranger) await requireOpenDoor(db, isInvited);
      await db.user.create({
        data: { id: userId, email: input.email, name: input.name, passwordHash, createdAt: now },
      });
      await db.$executeRaw`SELECT set_config('app.merchant_id', ${merchant.id}, true)`;
      await db.merchant.create({ data: merchant });
      await db.member.create({
        data: { merchantId: merchant.id, userId, role: "owner", createdAt: now },
      });
      const owner = { kind: "member", id: userId, label: input.name, role: "owner" } as const;
      await recordAudit(
        { ...mintScope(merchant, owner), db },
        {
          action: "merchant.sign_up",
          subjectType: "merchant",
          subjectId: merchant.id,
          summary: `Opened “${merchant.name}”`,
        },
      );
      await db.$executeRaw`SELECT set_config('app.merchant_id', ${sandbox.id}, true)`;
      await db.merchant.create({ data: sandbox });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError(
      "conflict",
      "We could not create an account with this email. If you already have one, sign in.",
    );
  }
  return {
    userId,
    merchantId: merchant.id,
    slug,
    sandboxId: sandbox.id,
    sandboxSlug: sandbox.slug,
  };
}

/** Strangers who come at once take turns: only one of them finds no shop. */
async function requireOpenDoor(db: Db, isInvited: SignUpOptions["isInvited"]): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('goodword first shop', 0))`;
  const policy = await signUpPolicy();
  if (policy === "open" || (policy === "invited" && (await isInvited?.(db)))) return;
  throw new DomainError(
    "forbidden",
    policy === "invited"
      ? "Opening a shop here takes an invitation, which works once and expires."
      : "Sign-up is closed on this server.",
  );
}

/**
 * Makes a slug from the shop's name, with random characters added if it or its sandbox's is taken.
 */
async function freeSlug(shopName: string): Promise<string> {
  const wanted = slugFrom(shopName);
  const taken = (await merchantBySlug(wanted)) ?? (await merchantBySlug(`${wanted}-test`));
  return taken ? `${wanted}-${randomCharacters(5)}` : wanted;
}
