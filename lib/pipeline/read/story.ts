import { Prisma } from "@/lib/core/db";
import { readShareCode } from "@/lib/core/values/code";
import { contactsQuery, emailFactsOf } from "@/lib/messaging/queries";
import { readTogether } from "@/lib/core/statements/query";
import { lockPeopleQuery, namedQueries } from "../intake/people/lock-people";
import { startsQueries } from "../intake/start-referrals";
import { knownOrdersQuery } from "../intake/record-order";
import type { StoredEvent } from "../intake/stored-event";
import type { Tx } from "@/lib/merchants/scope";
import { lockedPeople } from "@/lib/customers/commands";
import { advocatesQuery } from "./advocates";
import { friendsQueries } from "./friends";
import { type Shop, shopOf, shopQuery } from "./shop";

/** Everything that processing some events may ask. */
export type StoryRead = Awaited<ReturnType<typeof readStory>>;

/**
 * Locks the people whom events are about, and reads everything that processing these events may
 * ask: two statements, however many events there are.
 */
export async function readStory(tx: Tx, events: readonly StoredEvent[]) {
  const before = await readTogether(tx.db, {
    locked: lockPeopleQuery(tx, events),
    shop: shopQuery(tx),
  });
  const customerIds = lockedPeople(tx, before.locked[0]!);
  const shop: Shop = await shopOf(tx, before.shop[0]!);
  const read = await readTogether(tx.db, {
    ...namedQueries(tx, events),
    ...startsQueries(tx, events, customerIds),
    ...friendsQueries(
      tx,
      customerIds.map((id) => ({ id, joinsAt: null })),
      shop,
    ),
    advocates: advocatesQuery(tx, customerIds, shop),
    contacts: contactsQuery(
      tx,
      Prisma.sql`
        SELECT unnest(${customerIds}::text[])
        UNION
        SELECT a.customer_id FROM referral r
        JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
        WHERE r.merchant_id = ${tx.merchantId} AND r.friend_id = ANY(${customerIds}::text[])
        UNION
        SELECT a.customer_id FROM share_code s
        JOIN advocate a ON a.merchant_id = s.merchant_id AND a.id = s.advocate_id
        WHERE s.merchant_id = ${tx.merchantId} AND s.code = ANY(${saidCodes(events)}::text[])`,
    ),
    knownOrders: knownOrdersQuery(tx, events),
  });
  return { ...read, shop, emails: emailFactsOf([shop.sender], read.contacts) };
}

/** Codes that events name; of an advocate who came by a click, the contact is read when needed. */
function saidCodes(events: readonly StoredEvent[]): string[] {
  return events.flatMap(({ body }) =>
    [body.code, body.order?.discountCode].flatMap((code) => readShareCode(code ?? "") ?? []),
  );
}
