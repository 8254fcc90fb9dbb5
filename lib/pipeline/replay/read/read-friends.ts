import { Prisma } from "@/lib/core/db";
import { IS_KNOWN_ELSEWHERE } from "@/lib/referrals/commands";
import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import type { Needs } from "./needs";
import type { FriendRecord } from "./past";
import { addEvents } from "./read-events";
import { addOrders } from "./read-orders";
import { addOutcomes } from "./read-outcomes";
import { addPeople } from "./read-people";
import { addEvent, CHUNK, joinedInTime, type Reading } from "./reading";

type FriendRow = Omit<FriendRecord, "isApproved" | "underReview" | "before"> & {
  approvedAt: Date | null;
  reviewAt: Date | null;
  rejectedAt: Date | null;
};

/**
 * Reads the next friends after a referral's id, with everything they did that rules ask for.
 * @returns the last referral's id, and how many they were
 */
export async function readFriends(
  scope: Scope,
  reading: Reading,
  needs: Needs,
  after: string,
): Promise<{ last: string; read: number }> {
  return inScope(scope, async (tx) => {
    const { fromAt } = reading;
    const rows = await selectFriends(tx, reading, needs, after);
    for (const row of rows) addFriend(reading, row);
    const ids = rows.map(({ friendId }) => friendId);
    const recent = rows.filter(({ joinedAt }) => joinedAt >= fromAt);
    await addPeople(tx, reading, needs, ids);
    const starts = recent.map(({ clickedAt, joinedAt }) =>
      Math.min(clickedAt?.getTime() ?? Infinity, joinedAt.getTime()),
    );
    if (recent.length > 0)
      await addOrders(
        tx,
        reading,
        needs,
        recent.map(({ friendId }) => friendId),
        new Date(Math.min(...starts)),
      );
    if (needs.goals.length > 0 || needs.limited) {
      await addEvents(
        tx,
        reading,
        recent.map(({ friendId }) => friendId),
        needs.limited ? null : needs.goals,
      );
    }
    const old = rows.filter(({ joinedAt }) => joinedAt < fromAt);
    if (old.length > 0) await addOutcomes(tx, reading, needs, old);
    return { last: rows.at(-1)?.referralId ?? "", read: rows.length };
  });
}

function selectFriends(
  { db, merchantId }: Tx,
  { programId, fromAt, untilAt }: Reading,
  needs: Needs,
  after: string,
): Promise<FriendRow[]> {
  return db.$queryRaw<FriendRow[]>`
    SELECT r.id AS "referralId", r.friend_id AS "friendId", r.advocate_id AS "advocateId", r.code,
      r.attributed_by AS "attributedBy", r.channel, r.clicked_at AS "clickedAt",
      r.joined_at AS "joinedAt", r.approved_at AS "approvedAt", r.review_at AS "reviewAt",
      r.proven_at AS "provenAt", r.held_back AS "heldBack",
      c.first_order_at AS "firstOrderAt",
      (
        SELECT s.event_id FROM referral_step s
        WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id AND s.state = 'joined'
        ORDER BY s.id LIMIT 1
      ) AS "joinEventId",
      CASE WHEN r.state = 'rejected' AND (
        r.reason <> 'existing_customer' OR ${IS_KNOWN_ELSEWHERE}
      ) THEN (
        SELECT max(s.at) FROM referral_step s
        WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id AND s.state = 'rejected'
      ) END AS "rejectedAt"
    FROM referral r JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.friend_id
    WHERE r.merchant_id = ${merchantId} AND r.program_id = ${programId}
      AND ${joinedInTime(fromAt, untilAt, needs)} AND r.id > ${after}
      AND NOT ${IS_BESIDE}
    ORDER BY r.id LIMIT ${CHUNK}`;
}

/** Whether referral r is only claimed, and its friend has another one that counts before it. */
const IS_BESIDE = Prisma.sql`(
  r.proven_at IS NULL AND EXISTS (
    SELECT FROM referral o
    WHERE o.merchant_id = r.merchant_id AND o.friend_id = r.friend_id
      AND o.program_id = r.program_id AND (o.proven_at IS NOT NULL OR o.round < r.round)
  ))`;

function addFriend(
  reading: Reading,
  { approvedAt, reviewAt, rejectedAt, ...row }: FriendRow,
): void {
  const isOld = row.joinedAt < reading.fromAt;
  reading.friends.set(row.friendId, {
    ...row,
    isApproved: approvedAt !== null,
    underReview: reviewAt !== null,
    before: isOld ? { state: "joined", qualifiedBy: null } : null,
  });
  if (isOld) return;
  addEvent(reading, {
    eventId: row.joinEventId,
    customerId: row.friendId,
    type: "",
    at: row.joinedAt,
    country: null,
    channel: null,
    advocateId: null,
  }).startsReferral = true;
  if (rejectedAt) {
    const { referralId: key, friendId } = row;
    reading.moments.push({ at: rejectedAt, key, kind: "reject", friendId });
  }
}
