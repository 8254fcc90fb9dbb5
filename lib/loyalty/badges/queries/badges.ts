import { notFound } from "@/lib/core/errors";
import type { LocalizedText } from "@/lib/core/i18n/localized";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { customerContaining } from "@/lib/customers/queries/list-customers";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Badge } from "@/prisma/generated/client";
import { badgeFacts } from "./badge-facts";
import { badgeProgress } from "../rules";
import { type BadgeRule, badgeRuleSchema } from "../schema";

export type BadgeRow = {
  id: string;
  name: LocalizedText;
  about: LocalizedText;
  icon: string;
  color: string;
  rule: BadgeRule;
  position: number;
  active: boolean;
};

export function badgeRow({ id, name, about, icon, color, rule, position, state }: Badge): BadgeRow {
  return {
    id,
    name: name as LocalizedText,
    about: about as LocalizedText,
    icon,
    color,
    rule: badgeRuleSchema.parse(rule),
    position,
    active: state === "active",
  };
}

/** A badge with how many customers have it now. */
export type ListedBadge = BadgeRow & { holders: number };

/** The merchant's badges in their order. */
export async function listBadges(scope: Scope): Promise<ListedBadge[]> {
  requirePermission(scope, "program.read");
  const { merchantId } = scope;
  return inScope(scope, async ({ db }) => {
    const badges = await db.badge.findMany({
      where: { merchantId },
      orderBy: [{ position: "asc" }, { id: "asc" }],
    });
    const counts = await db.$queryRaw<{ badgeId: string; holders: bigint }[]>`
      SELECT badge_id AS "badgeId", count(*) AS holders FROM badge_award
      WHERE merchant_id = ${merchantId} AND revoked_at IS NULL GROUP BY badge_id`;
    const holders = new Map(counts.map((row) => [row.badgeId, Number(row.holders)]));
    return badges.map((badge) => ({ ...badgeRow(badge), holders: holders.get(badge.id) ?? 0 }));
  });
}

/** @throws DomainError not_found */
export async function badgeById(scope: Scope, badgeId: string): Promise<BadgeRow> {
  requirePermission(scope, "program.read");
  const badge = await inScope(scope, ({ db }) =>
    db.badge.findUnique({
      where: { merchantId_id: { merchantId: scope.merchantId, id: badgeId } },
    }),
  );
  if (!badge) throw notFound("badge");
  return badgeRow(badge);
}

export type BadgeHolder = {
  customerId: string;
  name: string | null;
  email: string | null;
  externalId: string | null;
  awardedAt: Date;
  revokedAt: Date | null;
};

/** Customers who were awarded a badge, latest first; reversed awards are marked. */
export async function badgeHolders(
  scope: Scope,
  filter: {
    badgeId: string;
    search?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<Page<BadgeHolder>> {
  requirePermission(scope, "customer.read");
  const { merchantId } = scope;
  const after = filter.cursor ? decodeTimeCursor(filter.cursor) : null;
  const search = filter.search?.trim();
  const found = await inScope(scope, ({ db }) =>
    db.badgeAward.findMany({
      where: {
        merchantId,
        badgeId: filter.badgeId,
        ...(search && { customer: customerContaining(search) }),
        ...(after && {
          OR: [
            { awardedAt: { lt: after.at } },
            { awardedAt: after.at, customerId: { lt: after.id } },
          ],
        }),
      },
      orderBy: [{ awardedAt: "desc" }, { customerId: "desc" }],
      take: filter.limit + 1,
      select: {
        customerId: true,
        awardedAt: true,
        revokedAt: true,
        customer: { select: { name: true, email: true, externalId: true } },
      },
    }),
  );
  const rows = found.map(({ customer, ...award }): BadgeHolder => ({ ...award, ...customer }));
  return toPage(rows, filter.limit, (row) => [row.awardedAt.toISOString(), row.customerId]);
}

export type CustomerBadge = BadgeRow & {
  /** Null while it is not theirs. */
  award: { awardedAt: Date; recordedAt: Date } | null;
  /** What there is to count towards one that is not theirs yet. */
  progress: { done: number; of: number } | null;
};

/**
 * The badges of a customer's wall: those they have, switched off or not, and those they can still
 * earn.
 * @param withProgress whether to count how far they are with the others
 */
export async function customerBadges(
  scope: Scope,
  customerId: string,
  { withProgress }: { withProgress: boolean },
): Promise<CustomerBadge[]> {
  const { merchantId } = scope;
  return inScope(scope, async (tx) => {
    const badges = (
      await tx.db.badge.findMany({
        where: { merchantId },
        orderBy: [{ position: "asc" }, { id: "asc" }],
      })
    ).map(badgeRow);
    if (badges.length === 0) return [];
    const awards = await tx.db.badgeAward.findMany({
      where: { merchantId, customerId, revokedAt: null },
      select: { badgeId: true, awardedAt: true, recordedAt: true },
    });
    const given = new Map(awards.map(({ badgeId, ...award }) => [badgeId, award]));
    const open = badges.filter(({ id, active }) => active && !given.has(id));
    const facts = withProgress
      ? await badgeFacts(tx.db, merchantId, customerId, new Set(open.map(({ rule }) => rule.kind)))
      : null;
    return badges
      .filter(({ id, active }) => active || given.has(id))
      .map((badge) => ({
        ...badge,
        award: given.get(badge.id) ?? null,
        progress:
          facts && !given.has(badge.id)
            ? badgeProgress(badge.rule, facts, tx.timeZone, scopeNow(tx))
            : null,
      }));
  });
}
