import type { Db } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
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
 * Locks the friend, then the nomination: the order of everything that goes on to their referrals.
 * @throws DomainError not_found
 */
export async function lockNomination(
  db: Db,
  merchantId: string,
  nominationId: string,
): Promise<LockedNomination> {
  await db.$queryRaw`
    SELECT 1 FROM customer WHERE merchant_id = ${merchantId}
      AND id = (
        SELECT friend_id FROM nomination WHERE merchant_id = ${merchantId} AND id = ${nominationId}
      ) FOR NO KEY UPDATE`;
  const [nomination] = await db.$queryRaw<LockedNomination[]>`
    SELECT id, program_id AS "programId", friend_id AS "friendId", order_id AS "orderId",
      advocate_id AS "advocateId", state
    FROM nomination WHERE merchant_id = ${merchantId} AND id = ${nominationId} FOR NO KEY UPDATE`;
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
  db: Db,
  merchantId: string,
  id: string,
  data: Change,
): Promise<{ state: NominationState }> {
  await db.nomination.update({ where: { merchantId_id: { merchantId, id } }, data });
  return { state: data.state };
}
