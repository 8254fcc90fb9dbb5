import { Prisma } from "@/lib/core/db";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { lockReferrals } from "@/lib/referrals/commands";
import { settleNumbered } from "../decide/settle/settle-friend";
import { ADVOCATE_COLUMNS, type LoadedAdvocate } from "../read/advocates";
import { armOf } from "../read/arms";
import { readFriends } from "../read/friends";
import { readFriendsActions } from "../read/friends-actions";
import { readNumbers } from "../read/numbered-referrals";
import { actionsSinceJoining } from "../read/own-actions";
import { readShop } from "../read/shop";
import { type PublishedProgram, publishedVersions } from "../read/terms-in-effect";
import { readVisits } from "../read/visits";
import { addDecisions } from "../write/decisions";
import { writeEffects } from "../write/effects";
import { settleActions } from "./settle-own-actions";

/** How many notes about one advocate are processed in one transaction. */
const MOST_NOTES = 200;

type Note = { kind: "joined" | "friends" | "referral" | "order" | "visit"; ref: string };

/**
 * Processes what was noted for an advocate: that they joined, that friends of theirs qualified or
 * no longer do, that their links brought visitors. In a transaction of the advocate's own, which
 * begins with their customer's row: of two friends who qualify at the same moment the second note
 * finds both on record, so that no milestone is missed and none is counted twice.
 * @returns whether anything was noted
 */
export async function processAdvocate(scope: Scope, advocateId: string): Promise<boolean> {
  return inScope(scope, async (_, tx) => {
    const advocate = await lockAdvocate(tx, advocateId);
    const notes = await takeNotes(tx, advocateId);
    if (notes.length === 0) return false;
    const refsOf = (kind: Note["kind"]) =>
      notes.flatMap((note) => (note.kind === kind ? [note.ref] : []));
    const program = await publishedVersions(tx, advocate.programId);
    if (refsOf("joined").length > 0) await settleJoining(tx, advocate, program);
    if (refsOf("friends").length > 0 || refsOf("order").length > 0)
      await settleFriendsActions(tx, advocate, program, refsOf("order"));
    if (refsOf("friends").length > 0 || refsOf("referral").length > 0)
      await settleNumbers(tx, advocate, refsOf("referral"));
    if (refsOf("visit").length > 0) {
      const visits = await readVisits(tx, advocate, refsOf("visit"));
      await settleAndNote(tx, advocate, program, visits);
    }
    return true;
  });
}

/** Reads an advocate with their customer's row locked, as all that is about their own actions. */
async function lockAdvocate({ db, merchantId }: Tx, advocateId: string): Promise<LoadedAdvocate> {
  await db.$queryRaw`
    SELECT 1 FROM customer WHERE merchant_id = ${merchantId}
      AND id = (
        SELECT customer_id FROM advocate WHERE merchant_id = ${merchantId} AND id = ${advocateId}
      ) FOR NO KEY UPDATE`;
  const [advocate] = await db.$queryRaw<[LoadedAdvocate]>`
    SELECT ${ADVOCATE_COLUMNS} FROM advocate a
    WHERE a.merchant_id = ${merchantId} AND a.id = ${advocateId}`;
  return advocate;
}

async function takeNotes({ db, merchantId }: Tx, advocateId: string): Promise<Note[]> {
  return db.$queryRaw<Note[]>`
    DELETE FROM advocate_due d
    WHERE d.merchant_id = ${merchantId} AND d.advocate_id = ${advocateId}
      AND (d.kind, d.ref, d.noted_in) IN (
        SELECT n.kind, n.ref, n.noted_in FROM advocate_due n
        WHERE n.merchant_id = ${merchantId} AND n.advocate_id = ${advocateId}
        ORDER BY n.kind, n.ref, n.noted_in LIMIT ${MOST_NOTES})
    RETURNING kind, ref`;
}

async function settleJoining(
  tx: Tx,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
): Promise<void> {
  await armOf(tx, advocate.id, program.versions[0]!.terms);
  await settleAndNote(tx, advocate, program, await actionsSinceJoining(tx, advocate, program));
}

async function settleFriendsActions(
  tx: Tx,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  changedEventIds: readonly string[],
): Promise<void> {
  const { actions, unchanged } = await readFriendsActions(tx, advocate, program, changedEventIds);
  // Referrals before rewards, rewards before budgets: the order in which everything locks them.
  const seconds = actions.flatMap((action) =>
    action.kind === "second_level" ? [action.referral.referralId] : [],
  );
  if (seconds.length > 0)
    await lockReferrals(
      tx.db,
      Prisma.sql`r.merchant_id = ${tx.merchantId} AND r.id = ANY(${seconds}::text[])`,
    );
  await settleAndNote(tx, advocate, program, actions, {
    kinds: ["milestone", "second_level"],
    except: unchanged,
  });
}

async function settleAndNote(
  tx: Tx,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  actions: Parameters<typeof settleActions>[3],
  lost?: Parameters<typeof settleActions>[5],
): Promise<void> {
  const now = scopeNow(tx);
  const cause = { key: `advocate:${now.getTime()}`, at: now };
  const { decisions } = await settleActions(tx, advocate, program, actions, cause, lost);
  await addDecisions(tx, decisions);
}

/**
 * Settles the rules that depend on which of the advocate's friends somebody is, for the friends
 * whose number has changed and those who did something.
 */
async function settleNumbers(
  tx: Tx,
  advocate: LoadedAdvocate,
  referralIds: readonly string[],
): Promise<void> {
  const { times, changed } = await readNumbers(tx, advocate);
  const wanted = new Set([...referralIds, ...changed]);
  if (wanted.size === 0) return;
  const friends = await readFriends(tx, await friendsOf(tx, [...wanted]));
  const theirs = friends.flatMap((friend) =>
    friend.referrals.filter(({ id }) => wanted.has(id)).map((referral) => ({ friend, referral })),
  );
  const shop = await readShop(
    tx,
    theirs.map(({ referral }) => referral.terms),
    theirs.flatMap(({ referral }) => [referral.friendId, referral.advocateCustomerId]),
  );
  const now = scopeNow(tx);
  const decisions = await writeEffects(
    tx,
    theirs.flatMap(({ friend, referral }) => settleNumbered(shop, friend, referral, times)),
    { key: `number:${now.getTime()}`, at: now },
  );
  await addDecisions(tx, decisions);
}

async function friendsOf({ db, merchantId }: Tx, referralIds: string[]): Promise<string[]> {
  const rows = await db.referral.findMany({
    where: { merchantId, id: { in: referralIds } },
    select: { friendId: true },
  });
  return [...new Set(rows.map(({ friendId }) => friendId))];
}
