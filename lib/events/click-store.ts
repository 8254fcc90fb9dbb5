import { poolFor } from "@/lib/core/db";
import { arrayOf } from "./array-literal";
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
 * One statement looks up every code once and every program once, however often they were clicked, and stores the
 * clicks on programs that are live and within their dates, on the merchant's clock. Rows go in by key, so that two
 * statements never block each other. It answers with a row per program, which names its hits, and a row for each
 * hit that was there already: a row per hit would cost as much as the look-up.
 */
const STORE = `
WITH incoming AS (
  SELECT * FROM ROWS FROM (
    unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bool[], $6::timestamptz[], $7::text[]),
    jsonb_array_elements($8::jsonb)
  ) WITH ORDINALITY AS t (id, code, visitor_id, channel, counts, at, body_hash, body, place)
), link AS MATERIALIZED (
  SELECT c.code, s.merchant_id, s.program_id, s.advocate_id
  FROM (SELECT DISTINCT code FROM incoming) c
  JOIN share_code s ON s.code = c.code
), live_program AS MATERIALIZED (
  SELECT p.merchant_id, p.id, m.clock_offset_ms * interval '1 ms' AS clock_offset, t.*
  FROM (SELECT DISTINCT merchant_id, program_id FROM link) l
  JOIN program p ON p.merchant_id = l.merchant_id AND p.id = l.program_id AND p.state = 'live'
  JOIN program_version v ON v.merchant_id = p.merchant_id AND v.program_id = p.id AND v.version = p.current_version
  JOIN merchant m ON m.id = p.merchant_id
  CROSS JOIN LATERAL jsonb_to_record(v.terms) AS t (
    "startsAt" timestamptz, "endsAt" timestamptz, destination jsonb, "windowDays" int)
), hit AS MATERIALIZED (
  SELECT i.place, i.id, i.visitor_id, i.channel, i.counts, i.body_hash, i.body, l.merchant_id, l.program_id,
    l.advocate_id, i.at + p.clock_offset AS merchant_time,
    'click:' || i.code || ':' || i.visitor_id || ':'
      || floor(extract(epoch FROM i.at + p.clock_offset) * 1000 / ${CLICK_BUCKET_MS}) AS dedupe_key
  FROM incoming i
  JOIN link l ON l.code = i.code
  JOIN live_program p ON p.merchant_id = l.merchant_id AND p.id = l.program_id
  WHERE (p."startsAt" IS NULL OR p."startsAt" <= i.at + p.clock_offset)
    AND (p."endsAt" IS NULL OR p."endsAt" > i.at + p.clock_offset)
), stored AS (
  INSERT INTO event (merchant_id, id, dedupe_key, type, occurred_at, recorded_at, source, body_hash, body, visitor_id,
    program_id, advocate_id, channel)
  SELECT merchant_id, id, dedupe_key, 'click', merchant_time, merchant_time, 'click', body_hash, body, visitor_id,
    program_id, advocate_id, channel
  FROM hit WHERE counts ORDER BY merchant_id, dedupe_key
  ON CONFLICT (merchant_id, dedupe_key) DO NOTHING
  RETURNING id
)
SELECT g.places, p.destination, p."windowDays" AS window_days, NULL AS merchant_id, NULL AS dedupe_key
FROM (SELECT merchant_id, program_id, string_agg(place::text, ',') AS places FROM hit GROUP BY 1, 2) g
JOIN live_program p ON p.merchant_id = g.merchant_id AND p.id = g.program_id
UNION ALL
SELECT place::text, NULL, NULL, merchant_id, dedupe_key FROM hit WHERE counts AND id NOT IN (SELECT id FROM stored)`;

const FIND = `
SELECT e.dedupe_key, e.id
FROM unnest($1::text[], $2::text[]) AS wanted (merchant_id, dedupe_key)
JOIN event e ON e.merchant_id = wanted.merchant_id AND e.dedupe_key = wanted.dedupe_key`;

/** A program with the places of its hits, or (by key) a hit that is no new click. */
type Found =
  | { places: string; destination: Destination; window_days: number; dedupe_key: null }
  | { places: string; merchant_id: string; dedupe_key: string };

async function writeClicks(clicks: readonly Click[]): Promise<ClickAnswer[]> {
  const pool = poolFor("goodword_gate");
  const { rows } = await pool.query<Found>({
    name: "store-clicks",
    text: STORE,
    values: [
      arrayOf(clicks, (click) => click.id), arrayOf(clicks, (click) => click.code),
      arrayOf(clicks, (click) => click.visitorId), arrayOf(clicks, (click) => click.channel),
      arrayOf(clicks, (click) => String(click.counts)), arrayOf(clicks, (click) => click.at.toISOString()),
      arrayOf(clicks, (click) => click.bodyHash), `[${clicks.map((click) => click.bodyJson).join(",")}]`,
    ],
  });
  const answers: ClickAnswer[] = clicks.map(() => ({ isLive: false }));
  const again: { place: number; merchantId: string; dedupeKey: string }[] = [];
  for (const row of rows) {
    if (row.dedupe_key !== null) {
      again.push({ place: Number(row.places) - 1, merchantId: row.merchant_id, dedupeKey: row.dedupe_key });
      continue;
    }
    for (const place of row.places.split(",")) {
      const click = clicks[Number(place) - 1]!;
      answers[Number(place) - 1] = {
        isLive: true, clickId: click.counts ? click.id : null, destination: row.destination, windowDays: row.window_days,
      };
    }
  }
  if (again.length > 0) await nameEarlier(answers, again);
  return answers;
}

/** Clicks that were there already are answered with the id under which they are. */
async function nameEarlier(
  answers: ClickAnswer[], again: { place: number; merchantId: string; dedupeKey: string }[],
): Promise<void> {
  const { rows } = await poolFor("goodword_gate").query<{ dedupe_key: string; id: string }>({
    name: "find-clicks",
    text: FIND,
    values: [again.map((hit) => hit.merchantId), again.map((hit) => hit.dedupeKey)],
  });
  const idOfKey = new Map(rows.map((row) => [row.dedupe_key, row.id]));
  for (const { place, dedupeKey } of again) {
    const answer = answers[place];
    if (answer?.isLive) answer.clickId = idOfKey.get(dedupeKey) ?? null;
  }
}

/** The one writer of clicks. */
export const clickWriter = groupWriter<Click, ClickAnswer>({
  write: writeClicks,
  weigh: (click) => click.bodyJson.length + 200,
});
