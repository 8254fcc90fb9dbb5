import { newId } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import { inSandboxOf } from "@/lib/merchants/commands/in-sandbox";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { openFirstLeaderboard } from "@/lib/programs/commands/open-first-leaderboard";

/** For tests and the bench only: facts that leaderboards count, made straight in the tables. */

export type Field = { programId: string; advocates: { id: string; customerId: string }[] };

/**
 * A program that was published, with its first leaderboard and so many advocates, all with a name
 * for the leaderboard.
 */
export async function createField(scope: Scope, advocates: number): Promise<Field> {
  const { merchantId } = scope;
  const programId = newId("prg");
  const at = systemNow();
  const people = Array.from({ length: advocates }, (_, index) => ({
    id: newId("adv"),
    customerId: newId("cus"),
    alias: `Runner ${index}`,
  }));
  const write = async ({ db, merchantId, isSandbox }: Tx) => {
    await db.program.create({
      data: {
        merchantId,
        id: programId,
        slug: `p-${programId.slice(-12)}${isSandbox ? "-test" : ""}`,
        name: "Field",
        state: "live",
        draft: {},
        currentVersion: 1,
        createdAt: at,
        updatedAt: at,
        budget: { create: {} },
      },
    });
    await db.programVersion.create({
      data: { merchantId, programId, version: 1, terms: {}, publishedAt: at, publishedBy: "test" },
    });
    await openFirstLeaderboard(db, merchantId, programId, at);
  };
  await inScope(scope, async (tx) => {
    await write(tx);
    await inSandboxOf(tx, write);
    await tx.db.customer.createMany({
      data: people.map(({ customerId, alias }) => ({
        merchantId,
        id: customerId,
        externalId: alias,
        traits: {},
        createdAt: at,
        firstSeenAt: at,
      })),
    });
    await tx.db.advocate.createMany({
      data: people.map(({ id, customerId, alias }) => ({
        merchantId,
        id,
        programId,
        customerId,
        joinedAt: at,
        alias,
      })),
    });
  });
  return { programId, advocates: people };
}

/** A qualified friend of an advocate. @returns the friend and the referral */
export async function qualifyFriend(
  tx: Tx,
  { programId, advocates }: Field,
  who: number,
  qualifiedAt: Date,
): Promise<{ friendId: string; referralId: string }> {
  const { merchantId } = tx;
  const [friendId, referralId] = [newId("cus"), newId("ref")];
  await tx.db.customer.create({
    data: {
      merchantId,
      id: friendId,
      traits: {},
      createdAt: qualifiedAt,
      firstSeenAt: qualifiedAt,
    },
  });
  await tx.db.referral.create({
    data: {
      merchantId,
      id: referralId,
      programId,
      programVersion: 1,
      advocateId: advocates[who]!.id,
      friendId,
      code: "T",
      state: "qualified",
      reason: "first_purchase",
      attributedBy: "code",
      joinedAt: qualifiedAt,
      qualifiedAt,
      createdAt: qualifiedAt,
      expiresAt: new Date(qualifiedAt.getTime() + 86_400_000),
    },
  });
  return { friendId, referralId };
}

export async function placeOrder(
  tx: Tx,
  customerId: string,
  totalMinor: bigint,
  occurredAt: Date,
): Promise<string> {
  const id = newId("evt");
  await tx.db.order.create({
    data: {
      merchantId: tx.merchantId,
      id,
      customerId,
      eventId: id,
      occurredAt,
      recordedAt: occurredAt,
      currency: tx.currency,
      totalMinor,
    },
  });
  return id;
}

/** Points that a rule of the program gave an advocate. */
export async function earnPoints(
  tx: Tx,
  { programId, advocates }: Field,
  who: number,
  amountMinor: bigint,
  earnedAt: Date,
  ruleId = "rule",
): Promise<string> {
  const id = newId("rwd");
  await tx.db.reward.create({
    data: {
      merchantId: tx.merchantId,
      id,
      programId,
      programVersion: 1,
      ruleId,
      side: "advocate",
      customerId: advocates[who]!.customerId,
      source: "rule",
      causeKind: "event",
      causeRef: id,
      eventId: id,
      state: "available",
      reason: "granted",
      terms: {},
      facts: {},
      amountMinor,
      asset: "PTS/0",
      costMinor: 0n,
      earnedAt,
      grantedAt: scopeNow(tx),
      heldUntil: earnedAt,
    },
  });
  return id;
}

/** A season's leaderboard counted through, one by one: what the tally and the index are held to. */
export async function countedThrough(
  scope: Scope,
  seasonId: string,
): Promise<{ advocateId: string; score: bigint; rank: number }[]> {
  const { merchantId } = scope;
  return inScope(
    scope,
    ({ db }) => db.$queryRaw`
    WITH s AS (SELECT s.starts_at, COALESCE(s.ends_at, 'infinity') AS ends_at, b.metric,
      b.program_id FROM season s
      JOIN leaderboard b ON b.merchant_id = s.merchant_id AND b.id = s.leaderboard_id
        WHERE s.merchant_id = ${merchantId} AND s.id = ${seasonId}),
    fact AS (
      SELECT r.advocate_id AS id, 1::bigint AS score FROM s, referral r WHERE metric = 'referrals'
        AND r.merchant_id = ${merchantId}
        AND r.state IN ('qualified', 'rewarded') AND r.qualified_at >= starts_at
          AND r.qualified_at < ends_at
      UNION ALL
      SELECT r.advocate_id, o.total_minor - o.refunded_minor FROM s, shop_order o
      JOIN referral r ON r.merchant_id = o.merchant_id AND r.friend_id = o.customer_id
      WHERE metric = 'revenue' AND o.merchant_id = ${merchantId}
        AND r.state IN ('qualified', 'rewarded')
        AND o.occurred_at >= starts_at AND o.occurred_at < ends_at AND o.occurred_at >= r.joined_at
      UNION ALL
      SELECT a.id, w.amount_minor - w.reversed_minor FROM s, reward w
      JOIN advocate a ON a.merchant_id = w.merchant_id AND a.customer_id = w.customer_id
      WHERE metric = 'points' AND w.merchant_id = ${merchantId}
        AND w.state IN ('held', 'available', 'issued', 'used', 'expired')
        AND w.asset = 'PTS/0' AND w.source = 'rule' AND w.earned_at >= starts_at
          AND w.earned_at < ends_at
    )
    SELECT a.id AS "advocateId", sum(score)::bigint AS score, rank() OVER (ORDER BY sum(score)
      DESC)::int AS rank
    FROM fact JOIN advocate a ON a.merchant_id = ${merchantId} AND a.id = fact.id
    WHERE a.alias IS NOT NULL GROUP BY a.id HAVING sum(score) > 0 ORDER BY score DESC, a.id`,
  );
}
