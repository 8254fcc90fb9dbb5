import { poolFor } from "@/lib/core/db";
import type { Destination } from "./click-rules";
import { CLICK_BUCKET_MS } from "./click-rules";
import { groupWriter } from "./group-writer";
import type { ShareChannel } from "./schema";

/** Somebody opened a share link. */
export type Click = {
  id: string;
  code: string;
  visitorId: string;
  channel: ShareChannel;
  /** False for programs and prefetches: the destination is looked up, nothing is stored. */
  counts: boolean;
  /** Real time; the merchant's own clock is added in the statement. */
  at: Date;
  /** JSON of what else is known. */
  bodyJson: string;
  bodyHash: string;
};

/** What became of a click. `clickId` is the earlier one when the same visitor came again; null when none counts. */
export type ClickAnswer =
  | { isLive: true; clickId: string | null; destination: Destination; windowDays: number }
  | { isLive: false };

/**
 * One statement looks up every code (each once, however often it was clicked) and stores the clicks on programs that
 * are live and within their dates, on the merchant's clock. Rows go in by key, so that two statements never block
 * each other.
 */
const STORE = `
WITH incoming AS (
  SELECT * FROM ROWS FROM (
    unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bool[], $6::timestamptz[], $7::text[]),
    jsonb_array_elements($8::jsonb)
  ) WITH ORDINALITY AS t (id, code, visitor_id, channel, counts, at, body_hash, body, place)
), program_of_code AS MATERIALIZED (
  SELECT c.code, s.merchant_id, s.program_id, s.advocate_id,
    m.clock_offset_ms * interval '1 ms' AS clock_offset,
    p.state, (v.terms->>'startsAt')::timestamptz AS starts_at, (v.terms->>'endsAt')::timestamptz AS ends_at,
    v.terms->'destination' AS destination, (v.terms->>'windowDays')::int AS window_days
  FROM (SELECT DISTINCT code FROM incoming) c
  JOIN share_code s ON s.code = c.code
  JOIN program p ON p.merchant_id = s.merchant_id AND p.id = s.program_id
  JOIN program_version v ON v.merchant_id = p.merchant_id AND v.program_id = p.id AND v.version = p.current_version
  JOIN merchant m ON m.id = s.merchant_id
), hit AS MATERIALIZED (
  SELECT i.place, i.id, i.visitor_id, i.channel, i.counts, i.body_hash, i.body, c.merchant_id, c.program_id,
    c.advocate_id, c.destination, c.window_days, i.at + c.clock_offset AS merchant_time,
    'click:' || i.code || ':' || i.visitor_id || ':'
      || floor(extract(epoch FROM i.at + c.clock_offset) * 1000 / ${CLICK_BUCKET_MS}) AS dedupe_key
  FROM incoming i
  JOIN program_of_code c ON c.code = i.code
  WHERE c.state = 'live'
    AND (c.starts_at IS NULL OR c.starts_at <= i.at + c.clock_offset)
    AND (c.ends_at IS NULL OR c.ends_at > i.at + c.clock_offset)
), stored AS (
  INSERT INTO event (merchant_id, id, dedupe_key, type, occurred_at, recorded_at, source, body_hash, body, visitor_id,
    program_id, advocate_id, channel)
  SELECT merchant_id, id, dedupe_key, 'click', merchant_time, merchant_time, 'click', body_hash, body, visitor_id,
    program_id, advocate_id, channel
  FROM hit WHERE counts ORDER BY merchant_id, dedupe_key
  ON CONFLICT (merchant_id, dedupe_key) DO NOTHING
  RETURNING id
)
SELECT h.place::int AS place, h.merchant_id, h.dedupe_key, h.destination, h.window_days, s.id AS stored_id
FROM hit h LEFT JOIN stored s ON s.id = h.id`;

const FIND = `
SELECT e.dedupe_key, e.id
FROM unnest($1::text[], $2::text[]) AS wanted (merchant_id, dedupe_key)
JOIN event e ON e.merchant_id = wanted.merchant_id AND e.dedupe_key = wanted.dedupe_key`;

type Hit = {
  place: number; merchant_id: string; dedupe_key: string; destination: Destination; window_days: number;
  stored_id: string | null;
};

async function writeClicks(clicks: readonly Click[]): Promise<ClickAnswer[]> {
  const pool = poolFor("goodword_gate");
  const column = <Key extends keyof Click>(key: Key) => clicks.map((click) => click[key]);
  const { rows: hits } = await pool.query<Hit>({
    name: "store-clicks",
    text: STORE,
    values: [
      column("id"), column("code"), column("visitorId"), column("channel"), column("counts"),
      clicks.map((click) => click.at.toISOString()), column("bodyHash"),
      `[${clicks.map((click) => click.bodyJson).join(",")}]`,
    ],
  });
  const answers: ClickAnswer[] = clicks.map(() => ({ isLive: false }));
  const again: Hit[] = [];
  for (const hit of hits) {
    const click = clicks[hit.place - 1]!;
    answers[hit.place - 1] = {
      isLive: true, clickId: hit.stored_id, destination: hit.destination, windowDays: hit.window_days,
    };
    if (click.counts && hit.stored_id === null) again.push(hit);
  }
  if (again.length === 0) return answers;

  const { rows: earlier } = await pool.query<{ dedupe_key: string; id: string }>({
    name: "find-clicks",
    text: FIND,
    values: [again.map((hit) => hit.merchant_id), again.map((hit) => hit.dedupe_key)],
  });
  const idOfKey = new Map(earlier.map((row) => [row.dedupe_key, row.id]));
  for (const hit of again) {
    const answer = answers[hit.place - 1];
    if (answer?.isLive) answer.clickId = idOfKey.get(hit.dedupe_key) ?? null;
  }
  return answers;
}

/** The one writer of clicks. */
export const clickWriter = groupWriter<Click, ClickAnswer>({
  write: writeClicks,
  weigh: (click) => click.bodyJson.length + 200,
});
