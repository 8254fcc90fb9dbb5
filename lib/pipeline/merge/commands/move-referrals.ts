import type { Tx } from "@/lib/merchants/scope";
import type { Moved } from "../schema";
import type { Pair } from "./move-rows";

/** States in which a second referral of one person in a program is a double. */
const DOUBLING = ["joined", "qualified", "rewarded", "reversed"];

/**
 * The referrals of a customer as a friend become the remaining one's, as further rounds of theirs.
 * Of several in one program the one that was proven first stands; what is only claimed gives way.
 * @returns what they were before, and the referrals that no longer stand
 */
export async function moveFriendships(
  { db, merchantId, lock }: Tx,
  { fromId, intoId }: Pair,
): Promise<{ friends: Moved["friends"]; doubled: string[] }> {
  const rows = await db.$queryRaw<
    {
      id: string;
      programId: string;
      friendId: string;
      round: number;
      state: string;
      isProven: boolean;
    }[]
  >`
    SELECT id, program_id AS "programId", friend_id AS "friendId", round, state,
      proven_at IS NOT NULL AS "isProven" FROM referral
    WHERE merchant_id = ${merchantId} AND friend_id IN (${fromId}, ${intoId})
    ORDER BY proven_at NULLS LAST, joined_at NULLS LAST, id FOR NO KEY UPDATE`;
  lock.took(
    "referral",
    rows.map(({ id }) => id),
  );
  const friends: Moved["friends"] = [];
  const doubled: string[] = [];
  for (const programId of new Set(rows.map((row) => row.programId))) {
    const both = rows.filter((row) => row.programId === programId);
    const moving = both.filter(({ friendId }) => friendId === fromId);
    if (moving.length === 0) continue;
    const remaining = both.filter(({ state, isProven }) => isProven && DOUBLING.includes(state));
    doubled.push(...remaining.slice(1).map(({ id }) => id));
    let round = both.length - moving.length;
    for (const { id, round: was } of moving) {
      round += 1;
      friends.push({ id, round: was });
      await db.referral.update({
        where: { merchantId_id: { merchantId, id } },
        data: { friendId: intoId, round },
      });
    }
  }
  return { friends, doubled };
}

/** Gives referrals their friend of before; the rounds of whoever keeps others close up. */
export async function moveFriendshipsBack(
  { db, merchantId }: Tx,
  { fromId, intoId }: Pair,
  friends: Moved["friends"],
): Promise<void> {
  for (const { id, round } of friends)
    await db.referral.update({
      where: { merchantId_id: { merchantId, id } },
      data: { friendId: fromId, round },
    });
  const left = await db.referral.findMany({
    where: { merchantId, friendId: intoId },
    select: { id: true, programId: true, round: true },
    orderBy: [{ programId: "asc" }, { round: "asc" }],
  });
  for (const [index, { id, programId, round }] of left.entries()) {
    const place = left.slice(0, index).filter((row) => row.programId === programId).length + 1;
    if (place !== round)
      await db.referral.update({
        where: { merchantId_id: { merchantId, id } },
        data: { round: place },
      });
  }
}

/**
 * What both share becomes the remaining one's to share. Where both had joined one program, one
 * advocate takes over the codes, friends and rewards of the other, whose codes and clicks lead on.
 */
export async function moveAdvocates(
  { db, merchantId }: Tx,
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
  { db, merchantId }: Tx,
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
