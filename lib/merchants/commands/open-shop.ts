import { type Db, prismaFor } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { newId, randomCharacters } from "@/lib/core/id";
import { assetScale, currencyAsset } from "@/lib/core/money";
import { systemNow } from "@/lib/core/time";
import { recordAudit } from "./record-audit";
import { merchantBySlug, merchantsOfUser, signUpPolicy } from "../queries/directory";
import { slugFrom } from "../rules/slug";
import type { OpenShop } from "../schema";
import { mintScope } from "../scope";

/** A new shop with its sandbox, and who owns it. */
export type SignedUp = {
  userId: string;
  merchantId: string;
  slug: string;
  sandboxId: string;
  sandboxSlug: string;
};

/** Whether somebody holds an invitation to open a shop, which it uses up in the transaction. */
export type Invited = (db: Db) => Promise<boolean>;

/**
 * Opens another shop of somebody who has an account, as its owner, where SIGN_UP lets them.
 * @throws DomainError forbidden where they may not; conflict for a name that a shop of theirs has,
 * so that a form that is sent twice opens one
 */
export async function openShop(
  owner: { id: string; name: string },
  input: OpenShop,
  isInvited: Invited,
): Promise<SignedUp> {
  return prismaFor("goodword_app").$transaction(async (db) => {
    await requireOpenDoor(db, isInvited);
    // Read once the others' turn is over, so that of two at once the second sees the first.
    const shops = await merchantsOfUser(owner.id);
    if (shops.some(({ name }) => name === input.shopName))
      throw new DomainError("conflict", "You have a shop of this name already.", "shopName");
    return createShop(db, owner, input);
  });
}

/** Those who open a shop at once take turns: only one of them finds none. */
export async function requireOpenDoor(db: Db, isInvited: Invited | undefined): Promise<void> {
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

/** Creates a merchant with its sandbox, and its owner's membership, in the transaction of `db`. */
export async function createShop(
  db: Db,
  owner: { id: string; name: string },
  input: OpenShop,
): Promise<SignedUp> {
  const slug = await freeSlug(input.shopName);
  const createdAt = systemNow();
  const merchant = {
    id: newId("mer"),
    slug,
    name: input.shopName,
    currency: input.currency,
    currencyScale: assetScale(currencyAsset(input.currency)),
    timeZone: input.timeZone,
    sandboxOfId: null,
    clockOffsetMs: 0n,
    createdAt,
  };
  const sandbox = { ...merchant, id: newId("mer"), slug: `${slug}-test`, sandboxOfId: merchant.id };
  await db.$executeRaw`SELECT set_config('app.merchant_id', ${merchant.id}, true)`;
  await db.merchant.create({ data: merchant });
  await db.member.create({
    data: { merchantId: merchant.id, userId: owner.id, role: "owner", createdAt },
  });
  const actor = { kind: "member", id: owner.id, label: owner.name, role: "owner" } as const;
  await recordAudit(
    { ...mintScope(merchant, actor), db },
    {
      action: "merchant.sign_up",
      subjectType: "merchant",
      subjectId: merchant.id,
      summary: `Opened “${merchant.name}”`,
    },
  );
  await db.$executeRaw`SELECT set_config('app.merchant_id', ${sandbox.id}, true)`;
  await db.merchant.create({ data: sandbox });
  return {
    userId: owner.id,
    merchantId: merchant.id,
    slug,
    sandboxId: sandbox.id,
    sandboxSlug: sandbox.slug,
  };
}

/**
 * Makes a slug from the shop's name, with random characters added if it or its sandbox's is taken.
 */
async function freeSlug(shopName: string): Promise<string> {
  const wanted = slugFrom(shopName);
  const taken = (await merchantBySlug(wanted)) ?? (await merchantBySlug(`${wanted}-test`));
  return taken ? `${wanted}-${randomCharacters(5)}` : wanted;
}
