import { localized } from "@/lib/core/i18n/localized";
import { asLocale } from "@/lib/core/i18n/locales";
import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { queueMessages } from "@/lib/messaging/commands/queue-message";
import { tierFacts } from "../queries/tier-facts";
import { rulesOf, tierLadder, type TierRow } from "../queries/ladder";
import { storedCustomerTier, type StoredCustomerTier } from "../queries/customer-tier";
import { earnedOtherwise, keepsPromise } from "../rules/keep-promise";
import { follow, type CustomerTier, type TierChange, type TierRules } from "../rules/follow-tier";
import { stepsSince } from "../rules/steps-since";
import { type TierFact, valueAt } from "../rules/window";

/**
 * Brings a customer's tier to where the facts on record lead now, and writes down each step there.
 * Its caller holds the customer's row: of two changes at once the second sees what the first wrote.
 * @param why what caused it: facts, or an edit of the rules (then no email is sent)
 * @returns what changed; null when nothing did
 */
export async function updateTier(
  scope: Scope,
  customerId: string,
  why: "facts" | "rules",
): Promise<TierChange[] | null> {
  return inScope(scope, async (tx) => {
    await tx.lock.together("ladder");
    const ladder = await tierLadder(tx);
    if (!ladder?.active || ladder.tiers.length === 0) return null;
    const rules = rulesOf(ladder, tx.timeZone);
    const [facts, stored] = [
      await tierFacts(tx.db, tx.merchantId, customerId, ladder.metric),
      await storedCustomerTier(tx, customerId),
    ];
    if (!stored && facts.length === 0) return null;
    const now = scopeNow(tx);
    const result = follow(rules, facts, now);
    const rankOf = (tierId: string) => rules.tiers.findIndex(({ id }) => id === tierId);
    if (
      stored &&
      (await staysAsPromised(tx, customerId, {
        stored,
        result: result.customerTier,
        rules,
        facts,
        now,
        rankOf,
      }))
    ) {
      await review(tx, customerId, stored, now);
      return null;
    }
    const last = await tx.db.tierStep.findFirst({
      where: { merchantId: tx.merchantId, customerId },
      orderBy: { id: "desc" },
      select: { at: true, toTierId: true },
    });
    const changes = stepsSince(
      last && { at: last.at, toId: last.toTierId },
      result,
      { why, value: valueAt(rules, facts, now), now },
      rankOf,
    );
    await write(tx, customerId, changes, ladder.tiers);
    await settle(tx, customerId, result.customerTier, stored, rules, now);
    const latest = changes.at(-1);
    if (
      why === "facts" &&
      latest?.reason === "reached" &&
      latest.toId === result.customerTier?.tierId
    ) {
      await tell(
        tx,
        customerId,
        ladder.tiers.find(({ id }) => id === latest.toId)!,
        result.customerTier!,
      );
    }
    return changes.length > 0 ? changes : null;
  });
}

type Case = {
  stored: StoredCustomerTier;
  result: CustomerTier | null;
  rules: TierRules;
  facts: readonly TierFact[];
  now: Date;
  rankOf: (tierId: string) => number;
};

async function staysAsPromised(
  tx: Tx,
  customerId: string,
  { stored, result, rules, facts, now, rankOf }: Case,
): Promise<boolean> {
  const falls = result === null || rankOf(result.tierId) < rankOf(stored.tierId);
  if (!falls || !earnedOtherwise(stored.earnedUnder, rules, stored.tierId)) return false;
  const { metric } = stored.earnedUnder;
  const counted =
    metric === rules.metric ? facts : await tierFacts(tx.db, tx.merchantId, customerId, metric);
  return keepsPromise(stored, counted, tx.timeZone, now);
}

async function write(
  tx: Tx,
  customerId: string,
  changes: readonly TierChange[],
  tiers: readonly TierRow[],
): Promise<void> {
  const nameOf = (tierId: string | null) => tiers.find(({ id }) => id === tierId)?.name ?? null;
  const recordedAt = scopeNow(tx);
  if (changes.length === 0) return;
  await tx.db.tierStep.createMany({
    data: changes.map(({ at, fromId, toId, reason, value }) => ({
      merchantId: tx.merchantId,
      customerId,
      id: newId("stp"),
      fromTierId: fromId,
      toTierId: toId,
      fromName: nameOf(fromId),
      toName: nameOf(toId),
      reason,
      value,
      at,
      recordedAt,
      actor: tx.actor.label,
    })),
  });
}

async function settle(
  tx: Tx,
  customerId: string,
  customerTier: CustomerTier | null,
  stored: StoredCustomerTier | null,
  rules: TierRules,
  now: Date,
): Promise<void> {
  const where = { merchantId_customerId: { merchantId: tx.merchantId, customerId } };
  if (!customerTier) {
    if (stored) await tx.db.customerTier.delete({ where });
    return;
  }
  const { metric, window, windowDays, tiers } = rules;
  const { threshold } = tiers.find(({ id }) => id === customerTier.tierId)!;
  const data = {
    ...customerTier,
    reviewAt: reviewAt(customerTier, now),
    earnedUnder: { metric, window, windowDays, threshold: threshold.toString() },
  };
  await tx.db.customerTier.upsert({
    where,
    update: data,
    create: { merchantId: tx.merchantId, customerId, ...data },
  });
}

async function review(
  tx: Tx,
  customerId: string,
  customerTier: CustomerTier,
  now: Date,
): Promise<void> {
  await tx.db.customerTier.update({
    where: { merchantId_customerId: { merchantId: tx.merchantId, customerId } },
    data: { reviewAt: reviewAt(customerTier, now) },
  });
}

/** When time alone next changes something. */
function reviewAt({ keepUntil, graceUntil }: CustomerTier, now: Date): Date {
  return now < keepUntil ? keepUntil : graceUntil;
}

/** Queues the email about a tier that was reached, in the name of the program they joined last. */
async function tell(
  tx: Tx,
  customerId: string,
  tier: TierRow,
  { keepUntil, reachedAt }: CustomerTier,
): Promise<void> {
  const [reader] = await tx.db.$queryRaw<
    {
      email: string | null;
      locale: string | null;
      shopLocale: string;
      programName: string;
      programSlug: string;
    }[]
  >`
    SELECT c.email, c.locale, m.default_locale AS "shopLocale", p.name AS "programName",
      p.slug AS "programSlug"
    FROM customer c
    JOIN merchant m ON m.id = c.merchant_id
    JOIN advocate a ON a.merchant_id = c.merchant_id AND a.customer_id = c.id
    JOIN program p ON p.merchant_id = a.merchant_id AND p.id = a.program_id
    WHERE c.merchant_id = ${tx.merchantId} AND c.id = ${customerId}
    ORDER BY (p.state = 'live') DESC, a.joined_at DESC LIMIT 1`;
  if (!reader?.email) return;
  const locale = asLocale(reader.locale ?? reader.shopLocale);
  await queueMessages(tx, [
    {
      causeKey: `tier_reached:${customerId}:${tier.id}:${reachedAt.getTime()}`,
      template: "tier_reached",
      customerId,
      recipient: reader.email,
      locale,
      data: {
        programName: reader.programName,
        programSlug: reader.programSlug,
        tier: tier.name,
        benefits: localized(tier.benefits, locale) || null,
        keepUntil: new Date(keepUntil.getTime() - 1),
      },
    },
  ]);
}
