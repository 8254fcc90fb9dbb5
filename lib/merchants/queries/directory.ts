import { prismaFor } from "@/lib/core/db";
import { environment } from "@/lib/core/env";
import { notFound } from "@/lib/core/errors";
import { mintScope, type Scope, type ScopeMerchant } from "../scope";
import type { Role } from "../rules/roles";

/**
 * Look-ups across merchants, for requests whose merchant is not known yet. They reveal no tenant's
 * data.
 */

const scopeFields = {
  id: true,
  slug: true,
  name: true,
  sandboxOfId: true,
  currency: true,
  timeZone: true,
  clockOffsetMs: true,
} as const;

export type DirectoryMerchant = ScopeMerchant & {
  name: string;
  /** Whether its owners and admins may act only with two-step sign-in. */
  twoStepRequired: boolean;
};

export async function merchantBySlug(slug: string): Promise<DirectoryMerchant | null> {
  return prismaFor("goodword_gate").merchant.findUnique({
    where: { slug },
    select: { ...scopeFields, twoStepRequired: true },
  });
}

/**
 * The merchant whose team decides: the merchant itself, or the one that a sandbox belongs to.
 */
export function membershipOwner(merchant: ScopeMerchant): string {
  return merchant.sandboxOfId ?? merchant.id;
}

/** The user's role in a merchant, or null. */
export async function roleOf(merchantId: string, userId: string): Promise<Role | null> {
  const member = await prismaFor("goodword_gate").member.findUnique({
    where: { merchantId_userId: { merchantId, userId } },
    select: { role: true },
  });
  return (member?.role as Role | undefined) ?? null;
}

export type Membership = { merchantId: string; slug: string; name: string; role: Role };

/**
 * The shops that a user is a member of, by name. Sandboxes come with their shop and are not listed.
 */
export async function merchantsOfUser(userId: string): Promise<Membership[]> {
  const members = await prismaFor("goodword_gate").member.findMany({
    where: { userId },
    select: { role: true, merchant: { select: { id: true, slug: true, name: true } } },
    orderBy: { merchant: { name: "asc" } },
  });
  return members.map(({ role, merchant }) => ({
    merchantId: merchant.id,
    slug: merchant.slug,
    name: merchant.name,
    role: role as Role,
  }));
}

/**
 * The slug of a merchant's sandbox, or of a sandbox's merchant. Null if there is none.
 */
export async function twinOf({ merchantId }: Scope): Promise<string | null> {
  const row = await prismaFor("goodword_gate").merchant.findUnique({
    where: { id: merchantId },
    select: { sandbox: { select: { slug: true } }, sandboxOf: { select: { slug: true } } },
  });
  return row?.sandboxOf?.slug ?? row?.sandbox?.slug ?? null;
}

/**
 * A scope in which the product itself acts for a merchant, for the worker and for seeding.
 * @throws DomainError not_found
 */
export async function systemScope(merchantId: string, label = "Goodword"): Promise<Scope> {
  const merchant = await prismaFor("goodword_gate").merchant.findUnique({
    where: { id: merchantId },
    select: scopeFields,
  });
  if (!merchant) throw notFound("shop");
  return scopeOfSystem(merchant, label);
}

/** The same for a merchant that was read with the work that is due for it. */
export function scopeOfSystem(merchant: ScopeMerchant, label = "Goodword"): Scope {
  return mintScope(merchant, { kind: "system", id: "system", label });
}

/**
 * Who may open a shop on this server: as SIGN_UP says, by default whoever comes first and nobody
 * after them.
 */
export async function signUpPolicy(): Promise<"open" | "invited" | "closed"> {
  const { SIGN_UP: said } = environment();
  if (said) return said;
  const first = await prismaFor("goodword_gate").merchant.findFirst({ select: { id: true } });
  return first === null ? "open" : "closed";
}

/** Whose logo this is; null unless it is in use as one. */
export async function merchantOfLogo(assetId: string): Promise<ScopeMerchant | null> {
  return prismaFor("goodword_gate").merchant.findFirst({
    where: { logoAssetId: assetId },
    select: scopeFields,
  });
}
