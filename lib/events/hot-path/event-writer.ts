import { poolFor, preparedAs } from "@/lib/core/db";
import { systemNow } from "@/lib/core/time";
import { arrayOf } from "./array-literal";
import { groupWriter } from "./group-writer";
import type { Provenance } from "@/lib/merchants/rules/provenance";
import type { EventSource } from "../schema";

/** An event on its way into the table. */
export type IncomingEvent = {
  merchantId: string;
  id: string;
  dedupeKey: string;
  type: string;
  occurredAt: Date;
  /** The merchant's time. */
  recordedAt: Date;
  source: EventSource;
  provenance: Provenance;
  bodyHash: string;
  /** Canonical JSON: what `bodyHash` is the hash of. */
  bodyJson: string;
  visitorId: string | null;
  channel: string | null;
};

/**
 * `stored` is new; `duplicate` was there with the same body; `conflict` was there with another one.
 */
export type StoreAnswer = { outcome: "stored" | "duplicate" | "conflict"; eventId: string };

/**
 * One statement for any number of rows: the events and their places in the inbox, both or neither.
 * Rows come sorted by key, so that two statements with the same keys wait for each other instead of
 * blocking each other. The inbox is worked in real time, also for a sandbox whose own clock has
 * been moved.
 */
const STORE = `
WITH incoming AS (
  SELECT * FROM ROWS FROM (
    unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
      $7::text[], $8::text[], $9::text[], $10::text[], $11::text[]),
    jsonb_array_elements($12::jsonb)
  ) AS t (merchant_id, id, dedupe_key, type, occurred_at, recorded_at, source, provenance,
    body_hash, visitor_id, channel, body)
), stored AS (
  INSERT INTO event
    (merchant_id, id, dedupe_key, type, occurred_at, recorded_at, source, provenance, body_hash,
      visitor_id, channel, body)
  SELECT merchant_id, id, dedupe_key, type, occurred_at, recorded_at, source, provenance,
    body_hash, visitor_id, channel, body
  FROM incoming
  ON CONFLICT (merchant_id, dedupe_key) DO NOTHING
  RETURNING merchant_id, id
), queued AS (
  INSERT INTO event_inbox (merchant_id, event_id, queued_at, next_try_at)
  SELECT merchant_id, id, $13, $13 FROM stored
)
SELECT id FROM stored`;

const FIND = `
SELECT e.merchant_id, e.dedupe_key, e.id, e.body_hash
FROM unnest($1::text[], $2::text[]) AS wanted (merchant_id, dedupe_key)
JOIN event e ON e.merchant_id = wanted.merchant_id AND e.dedupe_key = wanted.dedupe_key`;

/** Orders rows by tenant and key; the first to come stays before a later one with the same key. */
function inKeyOrder<Row extends { merchantId: string; dedupeKey: string }>(
  rows: readonly Row[],
): Row[] {
  return rows.toSorted((left, right) =>
    left.merchantId < right.merchantId
      ? -1
      : left.merchantId > right.merchantId
        ? 1
        : left.dedupeKey < right.dedupeKey
          ? -1
          : left.dedupeKey > right.dedupeKey
            ? 1
            : 0,
  );
}

async function writeEvents(rows: readonly IncomingEvent[]): Promise<StoreAnswer[]> {
  const pool = poolFor("goodword_gate");
  const sorted = rows.length === 1 ? rows : inKeyOrder(rows);
  const column = (textOf: (row: IncomingEvent) => string | null) => arrayOf(sorted, textOf);
  const result = await pool.query<{ id: string }>({
    ...preparedAs("store-events"),
    text: STORE,
    values: [
      column((row) => row.merchantId),
      column((row) => row.id),
      column((row) => row.dedupeKey),
      column((row) => row.type),
      column((row) => row.occurredAt.toISOString()),
      column((row) => row.recordedAt.toISOString()),
      column((row) => row.source),
      column((row) => row.provenance),
      column((row) => row.bodyHash),
      column((row) => row.visitorId),
      column((row) => row.channel),
      `[${sorted.map((row) => row.bodyJson).join(",")}]`,
      systemNow().toISOString(),
    ],
  });
  if (result.rows.length === rows.length)
    return rows.map((row) => ({ outcome: "stored", eventId: row.id }));

  const stored = new Set(result.rows.map((row) => row.id));
  const missing = sorted.filter((row) => !stored.has(row.id));
  const found = await pool.query<{
    merchant_id: string;
    dedupe_key: string;
    id: string;
    body_hash: string;
  }>({
    ...preparedAs("find-events"),
    text: FIND,
    values: [missing.map((row) => row.merchantId), missing.map((row) => row.dedupeKey)],
  });
  const existing = new Map(found.rows.map((row) => [`${row.merchant_id} ${row.dedupe_key}`, row]));
  return rows.map((row) => {
    if (stored.has(row.id)) return { outcome: "stored", eventId: row.id };
    const earlier = existing.get(`${row.merchantId} ${row.dedupeKey}`);
    if (!earlier) throw new Error("An event was neither stored nor found.");
    return {
      outcome: earlier.body_hash === row.bodyHash ? "duplicate" : "conflict",
      eventId: earlier.id,
    };
  });
}

/** The one writer of events that come from outside. */
export const eventWriter = groupWriter<IncomingEvent, StoreAnswer>({
  write: writeEvents,
  weigh: (row) => row.bodyJson.length + 200,
});
