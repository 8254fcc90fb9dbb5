import { prismaFor } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { mintScope, type Scope, type ScopeMerchant } from "../scope";
import type { Role } from "../rules/roles";

/**
 * Look-ups across merchants, for the moment before it is known whose turn it is. They reveal no
 * tenant's rows.
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

export type DirectoryMerchant = ScopeMerchant & { name: string };

export async function merchantBySlug(slug: string): Promise<DirectoryMerchant | null> {
  return prismaFor("goodword_gate").merchant.findUnique({ where: { slug }, select: scopeFields });
}

/**
 * The real merchant whose membership decides: the merchant itself, or the one that a sandbox is of.
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

/** The shops a user works for, by name; sandboxes are not listed, they come with their shop. */
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
 * The slug of a merchant's other side: its sandbox, or for a sandbox the merchant itself. Null when
 * there is none.
 */
export async function twinOf({ merchantId }: Scope): Promise<string | null> {
  const row = await prismaFor("goodword_gate").merchant.findUnique({
    where: { id: merchantId },
    select: { sandbox: { select: { slug: true } }, sandboxOf: { select: { slug: true } } },
  });
  return row?.sandboxOf?.slug ?? row?.sandbox?.slug ?? null;
}

/**
 * The scope of the product itself in a merchant, for the worker and for seeding. @throws
 * DomainError not_found
 */
export async function systemScope(merchantId: string, label = "Goodword"): Promise<Scope> {
  const merchant = await prismaFor("goodword_gate").merchant.findUnique({
    where: { id: merchantId },
    select: scopeFields,
  });
  if (!merchant) throw notFound("shop");
  return mintScope(merchant, { kind: "system", id: "system", label });
}

/** Whose logo this is; null unless it is in use as one. */
export async function merchantOfLogo(assetId: string): Promise<ScopeMerchant | null> {
  return prismaFor("goodword_gate").merchant.findFirst({
    where: { logoAssetId: assetId },
    select: scopeFields,
  });
}
