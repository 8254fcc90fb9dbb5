import { Prisma } from "@/lib/core/db";
import { defineWrite } from "@/lib/core/statements/pending-writes";
import { may } from "@/lib/merchants/rules/provenance";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Decision } from "../decide/decision";
import type { StoredEvent } from "../intake/stored-event";
import type { People } from "../read/people";
import type { Decided } from "./effects";

/** What an event came to. */
export type Outcome = {
  event: StoredEvent;
  /** Null while nobody is known behind it. */
  customerId: string | null;
  decisions: readonly Decision[];
  /** The people whom terms ask for, as they are now. */
  people: People;
};

export function withoutEvent({ eventId: _, ...decision }: Decided): Decision {
  return decision;
}

/** Leaves the outcomes of events to be written; with them, the events leave the inbox. */
export function writeOutcomes(tx: Tx, outcomes: readonly Outcome[]): void {
  tx.later(
    newOutcomes,
    ...outcomes.map(({ event, customerId, decisions, people }) => ({
      event: event.id,
      type: event.type,
      at: event.occurredAt,
      processed: scopeNow(tx),
      counts: may(event, "qualify"),
      customer: customerId,
      referral: decisions.find(({ referralId }) => referralId)?.referralId ?? null,
      decisions,
      people: people.size > 0 ? Object.fromEntries(people) : null,
    })),
  );
  tx.later(doneEvents, ...outcomes.map(({ event }) => ({ event: event.id })));
}

const newOutcomes = defineWrite({
  name: "new_outcomes",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO event_outcome (merchant_id, event_id, customer_id, referral_id, type, occurred_at,
      processed_at, counts, decisions, people)
    SELECT ${merchantId}, event, customer, referral, type, at, processed, counts, decisions, people
    FROM json_to_recordset(${rows}) AS n (event text, customer text, referral text, type text,
      at timestamptz, processed timestamptz, counts boolean, decisions jsonb, people jsonb)
    RETURNING 1`,
});

const doneEvents = defineWrite<{ event: string }>({
  name: "done_events",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    DELETE FROM event_inbox
    WHERE merchant_id = ${merchantId}
      AND event_id IN (SELECT event FROM json_to_recordset(${rows}) AS n (event text))
    RETURNING 1`,
});
