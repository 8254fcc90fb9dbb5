import type { Db } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Moved } from "../schema";
import type { Pair } from "./move-rows";

type Scoped = Scope & { db: Db };

type FriendRow = { id: string; programId: string; friendId: string };

/**
 * The referrals of both as friends become the remaining one's. Where both were referred in one
 * program, the referral that began first stands, and the other one stays with the merged record.
 * @returns who was the friend before, and the referrals that no longer stand
 */
export async function moveFriendships(
  { db, merchantId }: Scoped,
  { fromId, intoId }: Pair,
): Promise<{ friends: Moved["friends"]; doubled: string[] }> {
  const rows = await db.$queryRaw<FriendRow[]>`
    SELECT id, program_id AS "programId", friend_id AS "friendId" FROM referral
    WHERE merchant_id = ${merchantId} AND friend_id IN (${fromId}, ${intoId})
    ORDER BY program_id, joined_at NULLS LAST, id FOR NO KEY UPDATE`;
  const friends: Moved["friends"] = [];
  const doubled: string[] = [];
  for (const programId of new Set(rows.map((row) => row.programId))) {
    const [first, second] = rows.filter((row) => row.programId === programId);
    if (second) doubled.push(second.id);
    if (first!.friendId === intoId) continue;
    friends.push({ id: first!.id, was: fromId });
    if (second) friends.push({ id: second.id, was: intoId });
    await changeFriends({ db, merchantId }, [
      { id: first!.id, friendId: intoId },
      ...(second ? [{ id: second.id, friendId: fromId }] : []),
    ]);
  }
  return { friends, doubled };
}

/** Gives referrals their friends of before. */
export async function moveFriendshipsBack(
  scope: Pick<Scoped, "db" | "merchantId">,
  friends: Moved["friends"],
): Promise<void> {
  const rows = await scope.db.referral.findMany({
    where: { merchantId: scope.merchantId, id: { in: friends.map(({ id }) => id) } },
    select: { id: true, programId: true },
  });
  for (const programId of new Set(rows.map((row) => row.programId)))
    await changeFriends(
      scope,
      rows
        .filter((row) => row.programId === programId)
        .map(({ id }) => ({ id, friendId: friends.find((one) => one.id === id)!.was })),
    );
}

/** Changes friends of one program, who may change places: nobody is named twice in between. */
async function changeFriends(
  { db, merchantId }: Pick<Scoped, "db" | "merchantId">,
  changes: readonly { id: string; friendId: string }[],
): Promise<void> {
  await db.$executeRaw`SET CONSTRAINTS referral_merchant_id_friend_id_fkey DEFERRED`;
  for (const { id } of changes.slice(0, -1))
    await db.$executeRaw`
      UPDATE referral SET friend_id = ${`moving ${id}`}
      WHERE merchant_id = ${merchantId} AND id = ${id}`;
  for (const { id, friendId } of changes.toReversed())
    await db.$executeRaw`
      UPDATE referral SET friend_id = ${friendId}
      WHERE merchant_id = ${merchantId} AND id = ${id}`;
  await db.$executeRaw`SET CONSTRAINTS referral_merchant_id_friend_id_fkey IMMEDIATE`;
}

/**
 * What both share becomes the remaining one's to share. Where both had joined one program, one
 * advocate takes over the codes, friends and rewards of the other, whose codes and clicks lead on.
 */
export async function moveAdvocates(
  { db, merchantId }: Scoped,
  { fromId, intoId }: Pair,
): Promise<Pick<Moved, "advocates" | "joined">> {
  const rows = await db.$queryRaw<
    { id: string; taker: string | null; rewardCount: number; qualifiedCount: number }[]
  >`
    SELECT a.id, o.id AS taker, a.reward_count AS "rewardCount",
      a.qualified_count AS "qualifiedCount"
    FROM advocate a
    LEFT JOIN advocate o ON o.merchant_id = a.merchant_id AND o.program_id = a.program_id
      AND o.customer_id = ${intoId}
    WHERE a.merchant_id = ${merchantId} AND a.customer_id = ${fromId} AND a.merged_into_id IS NULL
    ORDER BY a.id`;
  const advocates = rows.filter(({ taker }) => taker === null).map(({ id }) => id);
  await db.advocate.updateMany({
    where: { merchantId, id: { in: advocates } },
    data: { customerId: intoId },
  });
  const joined: Moved["joined"] = [];
  for (const { id, taker, rewardCount, qualifiedCount } of rows) {
    if (taker === null) continue;
    const idsOf = (found: { id: string }[]) => found.map((row) => row.id);
    const codes = idsOf(
      await db.$queryRaw`
      UPDATE share_code SET advocate_id = ${taker}
      WHERE merchant_id = ${merchantId} AND advocate_id = ${id} RETURNING code AS id`,
    );
    const referrals = idsOf(
      await db.$queryRaw`
      UPDATE referral SET advocate_id = ${taker}
      WHERE merchant_id = ${merchantId} AND advocate_id = ${id} RETURNING id`,
    );
    const rewards = idsOf(
      await db.$queryRaw`
      UPDATE reward SET advocate_id = ${taker}
      WHERE merchant_id = ${merchantId} AND advocate_id = ${id} RETURNING id`,
    );
    joined.push({ from: id, into: taker, codes, referrals, rewards, rewardCount, qualifiedCount });
    await db.$executeRaw`
      UPDATE advocate a SET reward_count = a.reward_count + f.reward_count,
        qualified_count = a.qualified_count + f.qualified_count,
        qualified_at = GREATEST(a.qualified_at, f.qualified_at),
        joined_at = LEAST(a.joined_at, f.joined_at)
      FROM advocate f
      WHERE f.merchant_id = ${merchantId} AND f.id = ${id}
        AND a.merchant_id = ${merchantId} AND a.id = ${taker}`;
    await db.advocate.updateMany({
      where: { merchantId, OR: [{ id }, { mergedIntoId: id }] },
      data: { mergedIntoId: taker },
    });
    await db.advocate.update({
      where: { merchantId_id: { merchantId, id } },
      data: { rewardCount: 0, qualifiedCount: 0 },
    });
  }
  return { advocates, joined };
}

/** Each shares again what was theirs; friends who came since stay with whom they came to. */
export async function moveAdvocatesBack(
  { db, merchantId }: Scoped,
  { fromId }: Pair,
  { advocates, joined }: Pick<Moved, "advocates" | "joined">,
): Promise<void> {
  await db.advocate.updateMany({
    where: { merchantId, id: { in: advocates } },
    data: { customerId: fromId },
  });
  for (const one of joined) {
    const { from, into, codes, referrals, rewards, rewardCount, qualifiedCount } = one;
    const data = { advocateId: from };
    const advocateId = into;
    await db.shareCode.updateMany({ where: { merchantId, advocateId, code: { in: codes } }, data });
    await db.referral.updateMany({
      where: { merchantId, advocateId, id: { in: referrals } },
      data,
    });
    await db.reward.updateMany({ where: { merchantId, advocateId, id: { in: rewards } }, data });
    await db.advocate.update({
      where: { merchantId_id: { merchantId, id: into } },
      data: {
        rewardCount: { decrement: rewardCount },
        qualifiedCount: { decrement: qualifiedCount },
      },
    });
    await db.advocate.update({
      where: { merchantId_id: { merchantId, id: from } },
      data: { mergedIntoId: null, rewardCount, qualifiedCount },
    });
  }
}
