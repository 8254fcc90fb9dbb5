import type { Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { badgeFacts } from "../queries/badge-facts";
import { type BadgeCause, type BadgeFacts, earnedBy, type Earned } from "../rules";
import { type BadgeKind, type BadgeRule, badgeRuleSchema } from "../schema";

/** Why an award was reversed; customers read it in their language. */
type RevokedReason = "cause_reversed";
export type BadgeChange = { badgeId: string; became: "awarded" | "revoked" | "restored" };

type Award = { id: string; awardedAt: Date; revokedAt: Date | null; cause: StoredCause };
/**
 * The fact that completed it, and the rule as it stood: an edited rule takes no badge away.
 */
type StoredCause = BadgeCause & { rule: BadgeRule };

/**
 * Awards a customer the badges that the facts on record earn, reverses those whose cause was
 * reversed, and restores them when it returns. Each badge is awarded once. The caller holds the
 * customer's row.
 */
export async function updateBadges(scope: Scope, customerId: string): Promise<BadgeChange[]> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const badges = await tx.db.badge.findMany({
      where: { merchantId, state: "active" },
      select: { id: true, rule: true },
      orderBy: { position: "asc" },
    });
    if (badges.length === 0) return [];
    const awards = await tx.db.badgeAward.findMany({ where: { merchantId, customerId } });
    const rules = new Map(badges.map(({ id, rule }) => [id, badgeRuleSchema.parse(rule)]));
    const given = new Map(
      awards
        .filter(({ badgeId }) => rules.has(badgeId))
        .map((award) => [award.badgeId, award as typeof award & { cause: StoredCause }]),
    );
    const kinds = new Set<BadgeKind>(
      [...rules.values(), ...[...given.values()].map(({ cause }) => cause.rule)].map(
        ({ kind }) => kind,
      ),
    );
    const facts = await badgeFacts(tx.db, merchantId, customerId, kinds);
    const changes: BadgeChange[] = [];
    for (const [badgeId, rule] of rules) {
      const award = given.get(badgeId) ?? null;
      const became = await settle(tx, {
        badgeId,
        customerId,
        award,
        earned: earnedNow(rule, award, facts, tx),
      });
      if (became) changes.push({ badgeId, became });
    }
    return changes;
  });
}

/** What earns a badge now; who has it keeps it under the rule by which they got it. */
function earnedNow(
  rule: BadgeRule,
  award: Award | null,
  facts: BadgeFacts,
  scope: Scope,
): { rule: BadgeRule; earned: Earned } | null {
  const now = scopeNow(scope);
  for (const candidate of award && !award.revokedAt ? [award.cause.rule, rule] : [rule]) {
    const earned = earnedBy(candidate, facts, scope.timeZone, now);
    if (earned) return { rule: candidate, earned };
  }
  return null;
}

type Settling = {
  badgeId: string;
  customerId: string;
  award: Award | null;
  earned: { rule: BadgeRule; earned: Earned } | null;
};

async function settle(
  scope: Scope & { db: NonNullable<Scope["db"]> },
  { badgeId, customerId, award, earned }: Settling,
): Promise<BadgeChange["became"] | null> {
  const { db, merchantId } = scope;
  const now = scopeNow(scope);
  if (!earned) {
    if (!award || award.revokedAt) return null;
    await db.badgeAward.update({
      where: { merchantId_id: { merchantId, id: award.id } },
      data: { revokedAt: now, reason: "cause_reversed" satisfies RevokedReason },
    });
    return "revoked";
  }
  const cause = { ...earned.earned.cause, rule: earned.rule } as Prisma.InputJsonObject;
  if (!award) {
    await db.badgeAward.create({
      data: {
        merchantId,
        id: newId("awd"),
        badgeId,
        customerId,
        awardedAt: earned.earned.at,
        recordedAt: now,
        cause,
      },
    });
    return "awarded";
  }
  const isSame =
    award.revokedAt === null && award.awardedAt.getTime() === earned.earned.at.getTime();
  if (isSame) return null;
  // Another fact carries it now (an earlier one came late, or the first was reversed), or it
  // returns.
  await db.badgeAward.update({
    where: { merchantId_id: { merchantId, id: award.id } },
    data: { awardedAt: earned.earned.at, cause, revokedAt: null, reason: null },
  });
  return award.revokedAt ? "restored" : null;
}
