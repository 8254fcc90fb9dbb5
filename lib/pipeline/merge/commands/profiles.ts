import type { Prisma } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import type { Tx } from "@/lib/merchants/scope";
import { lockRewards } from "@/lib/rewards/commands";
import type { Moved, Profile } from "../schema";
import type { Pair } from "./move-rows";

/**
 * Locks both customers, in the order of their ids, and reads what they say of themselves.
 * @throws DomainError not_found for either; conflict when one was merged before, or it is
 * one and the same
 */
export async function lockPair(tx: Tx, pair: Pair): Promise<Moved["profiles"]> {
  const profiles = await lockProfiles(tx, pair);
  if (profiles.length < 2)
    throw new DomainError("conflict", "A record cannot be merged with itself.");
  if (profiles.some(({ mergedIntoId }) => mergedIntoId !== null))
    throw new DomainError("conflict", "One of these records has been merged before.");
  return both(profiles, pair);
}

/** The same where the first one is merged into the second. @throws DomainError conflict else */
export async function lockMerged(tx: Tx, pair: Pair): Promise<Moved["profiles"]> {
  const profiles = await lockProfiles(tx, pair);
  const isMerged = profiles.every(({ id, mergedIntoId }) =>
    id === pair.fromId ? mergedIntoId === pair.intoId : mergedIntoId === null,
  );
  if (!isMerged)
    throw new DomainError("conflict", "Undo what these records were merged with later first.");
  return both(profiles, pair);
}

type Row = Profile & { id: string; mergedIntoId: string | null };

async function lockProfiles(tx: Tx, { fromId, intoId }: Pair): Promise<Row[]> {
  const { db, lock, merchantId } = tx;
  const rows = await db.$queryRaw<Row[]>`
    SELECT id, external_id AS "externalId", email, email_identity AS "emailIdentity", name, locale,
      traits, merged_into_id AS "mergedIntoId"
    FROM customer WHERE merchant_id = ${merchantId} AND id IN (${fromId}, ${intoId})
    ORDER BY id FOR NO KEY UPDATE`;
  lock.took("customer", [fromId, intoId]);
  await lockWhatFollows(tx, [fromId, intoId]);
  if (rows.length < new Set([fromId, intoId]).size) throw notFound("customer");
  return rows;
}

/**
 * What is decided after balances were moved: their referrals, the rewards for these and their own,
 * and what those count against.
 */
async function lockWhatFollows(tx: Tx, ids: string[]): Promise<void> {
  const { db, lock, merchantId } = tx;
  const referrals = await db.referral.findMany({
    where: { merchantId, friendId: { in: ids } },
    select: { id: true, programId: true, advocateId: true },
  });
  await lock.referrals(...referrals.map(({ id }) => id));
  const rewards = await db.reward.findMany({
    where: {
      merchantId,
      OR: [{ customerId: { in: ids } }, { referralId: { in: referrals.map(({ id }) => id) } }],
    },
    select: { id: true, programId: true, advocateId: true },
  });
  const both = [...referrals, ...rewards];
  await lockRewards(
    tx,
    rewards.map(({ id }) => id),
  );
  await lock.budgets(...both.map(({ programId }) => programId));
  await lock.advocates(...both.flatMap(({ advocateId }) => advocateId ?? []));
}

function both(rows: readonly Row[], { fromId }: Pair): Moved["profiles"] {
  const [from, into] = rows.toSorted((one) => (one.id === fromId ? -1 : 1));
  return { from: profileOf(from!), into: profileOf(into!) };
}

function profileOf({ externalId, email, emailIdentity, name, locale, traits }: Row): Profile {
  return { externalId, email, emailIdentity, name, locale, traits };
}

/** Writes what both say of themselves; ids and addresses may change places. */
export async function writeProfiles(
  { db, merchantId }: Tx,
  { fromId, intoId }: Pair,
  { from, into }: Moved["profiles"],
): Promise<void> {
  await db.customer.update({
    where: { merchantId_id: { merchantId, id: fromId } },
    data: { email: null, externalId: null },
  });
  for (const [id, profile] of [
    [intoId, into],
    [fromId, from],
  ] as const) {
    await db.customer.update({
      where: { merchantId_id: { merchantId, id } },
      data: { ...profile, traits: profile.traits as Prisma.InputJsonObject },
    });
  }
}
