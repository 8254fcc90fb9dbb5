import { notFound } from "@/lib/core/errors";
import { asLocale, type Locale } from "@/lib/core/i18n/locales";
import { systemNow } from "@/lib/core/time";
import { twinOf } from "./directory";
import type { Role } from "../rules/roles";
import {
  asDestinationKinds,
  asReviewDecision,
  type ClawbackPolicy,
  COUNTING_TOUCHES,
  type CountingTouch,
  type DestinationKind,
  type KeyKind,
  type ReviewDecision,
} from "../schema";
import { inSandboxOf } from "../commands/in-sandbox";
import { inScope, requirePermission, type Scope, type Tx } from "../scope";

/** What pages show of a merchant. */
export type MerchantProfile = {
  id: string;
  slug: string;
  name: string;
  isSandbox: boolean;
  /** Where the test-mode switch leads: to the sandbox, or from it to the shop. */
  twinSlug: string | null;
  currency: string;
  timeZone: string;
  defaultLocale: Locale;
  shopUrl: string | null;
  supportEmail: string | null;
  returnWindowDays: number;
  /** Basis points; null while the shop has not said. */
  marginBp: number | null;
  pointCostMilli: number;
  clawbackPolicy: ClawbackPolicy;
  couponReuse: boolean;
  countingTouch: CountingTouch;
  twoStepRequired: boolean;
  reviewRemindDays: number;
  reviewDecideDays: number;
  reviewDecision: ReviewDecision;
  /** What customers may say of where their cash goes; none where the shop does not ask. */
  payoutKinds: DestinationKind[];
  payoutHint: string | null;
  accentColor: string;
  /** Path on this server, or null. */
  logoUrl: string | null;
};

export async function merchantProfile(scope: Scope): Promise<MerchantProfile> {
  const row = await inScope(scope, ({ db }) =>
    db.merchant.findUnique({ where: { id: scope.merchantId } }),
  );
  if (!row) throw notFound("shop");
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    isSandbox: row.sandboxOfId !== null,
    twinSlug: await twinOf(scope),
    currency: row.currency,
    timeZone: row.timeZone,
    defaultLocale: asLocale(row.defaultLocale),
    shopUrl: row.shopUrl,
    supportEmail: row.supportEmail,
    returnWindowDays: row.returnWindowDays,
    marginBp: row.marginBp,
    pointCostMilli: row.pointCostMilli,
    couponReuse: row.couponReuse,
    countingTouch: COUNTING_TOUCHES.find((one) => one === row.countingTouch) ?? "latest",
    reviewRemindDays: row.reviewRemindDays,
    reviewDecideDays: row.reviewDecideDays,
    reviewDecision: asReviewDecision(row.reviewDecision),
    payoutKinds: asDestinationKinds(row.payoutKinds),
    payoutHint: row.payoutHint,
    clawbackPolicy: row.clawbackPolicy === "negative" ? "negative" : "clamp",
    twoStepRequired: row.twoStepRequired,
    accentColor: row.accentColor,
    logoUrl: row.logoAssetId ? `/assets/${row.logoAssetId}` : null,
  };
}

/**
 * True once amounts in the merchant's currency exist (orders, or published terms), here or in its
 * sandbox.
 */
export async function isCurrencyFrozen(scope: Scope): Promise<boolean> {
  return inScope(scope, async ({ db }) => {
    const where = { merchantId: scope.merchantId };
    const order = await db.order.findFirst({ where, select: { id: true } });
    return order !== null || (await db.program.findFirst({ where, select: { id: true } })) !== null;
  });
}

export type TeamMember = {
  userId: string;
  name: string;
  email: string;
  role: Role;
  since: Date;
  hasTwoStep: boolean;
};

/** The team, owners first, then by name. */
export async function listTeam(scope: Scope): Promise<TeamMember[]> {
  requirePermission(scope, "team.read");
  const rows = await inScope(scope, ({ db }) =>
    db.member.findMany({
      where: { merchantId: scope.merchantId },
      include: {
        user: {
          select: { name: true, email: true, secondFactor: { select: { confirmedAt: true } } },
        },
      },
    }),
  );
  return rows
    .map((row) => ({
      userId: row.userId,
      name: row.user.name,
      email: row.user.email,
      role: row.role as Role,
      since: row.createdAt,
      hasTwoStep: row.user.secondFactor !== null && row.user.secondFactor.confirmedAt !== null,
    }))
    .sort(
      (a, b) =>
        Number(b.role === "owner") - Number(a.role === "owner") ||
        a.name.localeCompare(b.name, "en"),
    );
}

export type PendingInvite = {
  id: string;
  email: string;
  role: Role;
  createdAt: Date;
  expiresAt: Date;
};

/** Invitations that can still be accepted, newest first. */
export async function listInvites(scope: Scope): Promise<PendingInvite[]> {
  requirePermission(scope, "team.read");
  const rows = await inScope(scope, ({ db }) =>
    db.memberInvite.findMany({
      where: {
        merchantId: scope.merchantId,
        acceptedAt: null,
        revokedAt: null,
        expiresAt: { gt: systemNow() },
      },
      orderBy: { id: "desc" },
    }),
  );
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    role: row.role as Role,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
  }));
}

export type KeyRow = {
  id: string;
  kind: KeyKind;
  label: string;
  hint: string;
  createdBy: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

/** API keys: active ones first, then newest first. */
export async function listKeys(scope: Scope): Promise<KeyRow[]> {
  requirePermission(scope, "keys.manage");
  const rows = await inScope(scope, ({ db }) =>
    db.apiKey.findMany({
      where: { merchantId: scope.merchantId },
      orderBy: [{ revokedAt: { sort: "asc", nulls: "first" } }, { id: "desc" }],
      select: {
        id: true,
        kind: true,
        label: true,
        hint: true,
        createdBy: true,
        createdAt: true,
        lastUsedAt: true,
        revokedAt: true,
      },
    }),
  );
  return rows.map((row) => ({ ...row, kind: row.kind === "secret" ? "secret" : "publishable" }));
}

/**
 * The names of the keys in force that each member made, here and in test mode, by user id: what is
 * revoked with their right to manage keys.
 */
export async function keysByMaker(scope: Scope): Promise<Map<string, string[]>> {
  requirePermission(scope, "team.manage");
  const made = new Map<string, string[]>();
  const add = async ({ db, merchantId, isSandbox }: Tx): Promise<void> => {
    const rows = await db.apiKey.findMany({
      where: { merchantId, revokedAt: null, createdById: { not: null } },
      orderBy: { id: "asc" },
      select: { label: true, createdById: true },
    });
    for (const { label, createdById } of rows) {
      const names = made.get(createdById!) ?? [];
      made.set(createdById!, [...names, isSandbox ? `${label} (test mode)` : label]);
    }
  };
  await inScope(scope, add);
  await inSandboxOf(scope, add);
  return made;
}

/** A picture of this merchant's, or null. */
export async function assetById(
  scope: Scope,
  id: string,
): Promise<{ contentType: string; bytes: Uint8Array } | null> {
  return inScope(scope, ({ db }) =>
    db.asset.findUnique({
      where: { merchantId_id: { merchantId: scope.merchantId, id } },
      select: { contentType: true, bytes: true },
    }),
  );
}
