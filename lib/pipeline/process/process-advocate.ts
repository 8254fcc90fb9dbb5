import { Prisma } from "@/lib/core/db";
import { readRows } from "@/lib/core/statements/query";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { lockReferralsQuery, ofFriends } from "@/lib/referrals/commands";
import { settleNumbered } from "../decide/settle/settle-friend";
import { advocateQuery, type AskedAdvocate, type LoadedAdvocate } from "../read/advocates";
import { armOf } from "../read/arms";
import { readFriends } from "../read/friends";
import { readFriendsActions } from "../read/actions/friends-actions";
import { readNumbers } from "../read/numbered-referrals";
import { actionsSinceJoining } from "../read/actions/own-actions";
import { readShop, type Shop } from "../read/shop";
import { type PublishedProgram, publishedVersions } from "../read/terms-in-effect";
import { readVisits } from "../read/actions/visits";
import { addDecisions } from "../write/decisions";
import { writeEffects } from "../write/effects";
import type { Action } from "@/lib/terms/facts/actions";
import type { QualifiedTimes } from "@/lib/terms/facts/known";
import { isByFriendsNumber } from "@/lib/terms/rules/applying";
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
  return inScope(scope, async (tx) => {
    const advocate = await lockAdvocate(tx, advocateId);
    const notes = await takeNotes(tx, advocateId);
    if (notes.length === 0) return false;
    const refsOf = (kind: Note["kind"]) =>
      notes.flatMap((note) => (note.kind === kind ? [note.ref] : []));
    const shop = await readShop(tx);
    const program = publishedVersions(shop, advocate.programId);
    const settle = settling(tx, shop, { advocate, program });
    const isAboutFriends = refsOf("friends").length > 0;
    const made =
      isAboutFriends || refsOf("order").length > 0
        ? await readFriendsActions(tx, advocate, program, refsOf("order"))
        : null;
    const numbers =
      (isAboutFriends || refsOf("referral").length > 0) && asksForNumbers(program)
        ? await numbersDue(tx, advocate, refsOf("referral"))
        : null;
    await lockThem(tx, made?.actions ?? [], numbers?.friendIds ?? []);
    if (refsOf("joined").length > 0) {
      await armOf(tx, advocate.id, program.versions[0]!.terms);
      await settle(await actionsSinceJoining(tx, advocate, program));
    }
    if (made)
      await settle(made.actions, {
        kinds: ["milestone", "second_level"],
        except: made.unchanged,
      });
    if (numbers) await settleNumbers(tx, numbers);
    if (refsOf("visit").length > 0) await settle(await readVisits(tx, advocate, refsOf("visit")));
    return true;
  });
}

/** Reads an advocate with their customer's row locked, as all that is about their own actions. */
async function lockAdvocate(tx: Tx, advocateId: string): Promise<LoadedAdvocate> {
  const { db, merchantId } = tx;
  await db.$queryRaw`
    SELECT 1 FROM customer WHERE merchant_id = ${merchantId}
      AND id = (
        SELECT customer_id FROM advocate WHERE merchant_id = ${merchantId} AND id = ${advocateId}
      ) FOR NO KEY UPDATE`;
  const [advocate] = await readRows(db, advocateQuery(tx, advocateId));
  return advocate!;
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

/** All referrals before the first reward, and rewards before budgets: as everything locks them. */
async function lockThem(
  tx: Tx,
  actions: readonly Action[],
  friendIds: readonly string[],
): Promise<void> {
  const seconds = actions.flatMap((action) =>
    action.kind === "second_level" ? [action.referral.referralId] : [],
  );
  if (seconds.length === 0 && friendIds.length === 0) return;
  const ids = await readRows(
    tx.db,
    lockReferralsQuery(tx, Prisma.sql`(r.id = ANY(${seconds}::text[]) OR ${ofFriends(friendIds)})`),
  );
  tx.lock.took("referral", ids);
}

/** How actions of an advocate are settled, and what is decided put down with their events. */
function settling(tx: Tx, shop: Shop, who: Pick<AskedAdvocate, "advocate" | "program">) {
  return async (actions: readonly Action[], lost?: AskedAdvocate["lost"]): Promise<void> => {
    const now = scopeNow(tx);
    const cause = { key: `advocate:${now.getTime()}`, at: now };
    const decisions = await settleActions(tx, shop, { ...who, actions, lost }, cause);
    await addDecisions(tx, decisions);
  };
}

function asksForNumbers({ versions }: PublishedProgram): boolean {
  return versions.some(({ terms }) => terms.rules.some(isByFriendsNumber));
}

type NumbersDue = {
  times: QualifiedTimes["times"];
  /** Whose number has changed, and who did something. */
  referralIds: ReadonlySet<string>;
  friendIds: string[];
};

async function numbersDue(
  tx: Tx,
  advocate: LoadedAdvocate,
  referralIds: readonly string[],
): Promise<NumbersDue> {
  const { times, changed } = await readNumbers(tx, advocate);
  const wanted = new Set([...referralIds, ...changed]);
  const friendIds = wanted.size === 0 ? [] : await friendsOf(tx, [...wanted]);
  return { times, referralIds: wanted, friendIds };
}

/** Settles the rules that depend on which of the advocate's friends somebody is. */
async function settleNumbers(tx: Tx, { times, referralIds, friendIds }: NumbersDue): Promise<void> {
  if (friendIds.length === 0) return;
  const { friends, shop } = await readFriends(tx, friendIds);
  const theirs = friends.flatMap((friend) =>
    friend.referrals
      .filter(({ id }) => referralIds.has(id))
      .map((referral) => ({ friend, referral })),
  );
  const now = scopeNow(tx);
  const effects = theirs.flatMap(({ friend, referral }) =>
    settleNumbered(shop, friend, referral, times),
  );
  const cause = { key: `number:${now.getTime()}`, at: now };
  const [decisions] = await writeEffects(tx, [{ effects, cause }]);
  await addDecisions(tx, decisions!);
}

async function friendsOf({ db, merchantId }: Tx, referralIds: string[]): Promise<string[]> {
  const rows = await db.referral.findMany({
    where: { merchantId, id: { in: referralIds } },
    select: { friendId: true },
  });
  return [...new Set(rows.map(({ friendId }) => friendId))];
}
