import { Prisma } from "@/lib/core/db";
import { defineWrite } from "@/lib/core/statements/pending-writes";
import { systemNow } from "@/lib/core/time";
import { writePeople } from "@/lib/customers/commands";
import type { Tx } from "@/lib/merchants/scope";
import type { EventPerson } from "./decide-people";

/**
 * Leaves what was decided of the people of events to be written, and puts events of a browser that
 * turned out to be somebody's back into the inbox. Otherwise an order sent before the sign-up would
 * be lost, and one sent after it would not.
 */
export function writeEventPeople(tx: Tx, people: readonly EventPerson[]): void {
  writePeople(
    tx,
    people.map(({ writes }) => writes),
  );
  for (const { person } of people) {
    if (!person?.newBrowser) continue;
    const row = { visitorId: person.newBrowser, at: systemNow() };
    tx.later(queuedAgain, row);
    tx.later(forgottenOutcomes, row);
  }
}

type Browser = { visitorId: string; at: Date };

/** Events of browsers that were processed before their owner was known: `e` and its outcome `o`. */
function processedForNobody(rows: Prisma.Sql, merchantId: string): Prisma.Sql {
  return Prisma.sql`
    json_to_recordset(${rows}) AS n ("visitorId" text, at timestamptz)
    JOIN event e ON e.merchant_id = ${merchantId} AND e.visitor_id = n."visitorId"
      AND e.source NOT IN ('click', 'refer')
    JOIN event_outcome o ON o.merchant_id = ${merchantId} AND o.event_id = e.id
      AND o.customer_id IS NULL
      AND NOT o.decisions @> '[{"code": "discarded"}]'
      AND NOT o.decisions @> '[{"code": "corrected"}]'`;
}

const queuedAgain = defineWrite<Browser>({
  name: "queued_again",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO event_inbox (merchant_id, event_id, queued_at, next_try_at)
    SELECT ${merchantId}, e.id, n.at, n.at FROM ${processedForNobody(rows, merchantId)}
    RETURNING 1`,
});

const forgottenOutcomes = defineWrite<Browser>({
  name: "forgotten_outcomes",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    DELETE FROM event_outcome WHERE merchant_id = ${merchantId} AND event_id IN (
      SELECT e.id FROM ${processedForNobody(rows, merchantId)})
    RETURNING 1`,
});
