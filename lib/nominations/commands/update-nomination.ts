import { notFound } from "@/lib/core/errors";
import { lockSharedOf } from "@/lib/customers/commands";
import type { Tx } from "@/lib/merchants/scope";
import type { NominationState } from "../schema";

export type LockedNomination = {
  id: string;
  programId: string;
  friendId: string;
  orderId: string | null;
  advocateId: string | null;
  state: NominationState;
};

/**
 * Locks what the friend shares with others, the friend, then the nomination: the order of
 * everything that goes on to their referrals.
 * @throws DomainError not_found
 */
export async function lockNomination(tx: Tx, nominationId: string): Promise<LockedNomination> {
  const { db, lock, merchantId } = tx;
  const key = { merchantId_id: { merchantId, id: nominationId } };
  const found = await db.nomination.findUnique({ where: key, select: { friendId: true } });
  if (!found) throw notFound("answer");
  await lockSharedOf(tx, found.friendId);
  await lock.customers(found.friendId);
  await lock.nominations(nominationId);
  const [nomination] = await db.$queryRaw<LockedNomination[]>`
    SELECT id, program_id AS "programId", friend_id AS "friendId", order_id AS "orderId",
      advocate_id AS "advocateId", state
    FROM nomination WHERE merchant_id = ${merchantId} AND id = ${nominationId}`;
  if (!nomination) throw notFound("answer");
  return nomination;
}

type Change = {
  state: NominationState;
  reason?: string;
  advocateId?: string;
  confirmedAt?: Date;
  decidedAt?: Date;
  decidedBy?: string;
};

/** @returns the state it is in from now on */
export async function updateNomination(
  { db, merchantId }: Tx,
  id: string,
  data: Change,
): Promise<{ state: NominationState }> {
  await db.nomination.update({ where: { merchantId_id: { merchantId, id } }, data });
  return { state: data.state };
}
