import { createServer, type IncomingMessage } from "node:http";
import pg from "pg";
import { newId, randomCharacters } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import { arrayOf } from "@/lib/events/hot-path/array-literal";
import { groupWriter } from "@/lib/events/hot-path/group-writer";

/**
 * What the bench measures against: node:http that stores the same rows by the same group commit
 * before it answers, and does nothing else. No key, no check of what comes, no code looked up, no
 * duplicates told, no row-level security.
 */

type Row = {
  id: string;
  key: string;
  type: string;
  at: string;
  visitor: string | null;
  channel: string | null;
  body: string;
};

const merchantId = process.env.BENCH_MERCHANT!;
const programId = process.env.BENCH_PROGRAM!;
const advocateId = process.env.BENCH_ADVOCATE!;
const someHash = "0".repeat(64);
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4 });

const EVENTS = `
WITH stored AS (
  INSERT INTO event (merchant_id, id, dedupe_key, type, occurred_at, recorded_at, source,
    provenance, body_hash, body)
  SELECT '${merchantId}', id, key, type, at, at, 'api', 'server', '${someHash}', body
  FROM ROWS FROM (
    unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]), jsonb_array_elements($5::jsonb)
  ) AS t (id, key, type, at, body)
  RETURNING merchant_id, id, recorded_at
)
INSERT INTO event_inbox (merchant_id, event_id, queued_at, next_try_at)
SELECT merchant_id, id, recorded_at, recorded_at FROM stored`;

const CLICKS = `
INSERT INTO event (merchant_id, id, dedupe_key, type, occurred_at, recorded_at, source,
  provenance, body_hash, body, visitor_id, program_id, advocate_id, channel)
SELECT '${merchantId}', id, key, type, at, at, 'click', 'browser', '${someHash}', body, visitor,
  '${programId}', '${advocateId}', channel
FROM ROWS FROM (
  unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $6::text[], $7::text[]),
  jsonb_array_elements($5::jsonb)
) AS t (id, key, type, at, visitor, channel, body)`;

function writerOf(name: string, text: string, more: (rows: readonly Row[]) => unknown[]) {
  return groupWriter<Row, true>({
    weigh: (row) => row.body.length + 200,
    write: async (rows) => {
      const values = [
        arrayOf(rows, (row) => row.id),
        arrayOf(rows, (row) => row.key),
        arrayOf(rows, (row) => row.type),
        arrayOf(rows, (row) => row.at),
        `[${rows.map((row) => row.body).join(",")}]`,
        ...more(rows),
      ];
      await pool.query({ name, text, values });
      return rows.map(() => true);
    },
  });
}

const events = writerOf("events", EVENTS, () => []);
const clicks = writerOf("clicks", CLICKS, (rows) => [
  arrayOf(rows, (row) => row.visitor),
  arrayOf(rows, (row) => row.channel),
]);

async function storeClick(url: string): Promise<string> {
  const code = url.slice(3);
  const id = newId("clk");
  const visitor = randomCharacters(22);
  const key = `click:${code}:${visitor}:989888`;
  const body = JSON.stringify({ code, device: "mobile", locale: "en" });
  await clicks.add([
    { id, key, type: "click", at: systemNow().toISOString(), visitor, channel: "link", body },
  ]);
  return `/i/${code}?click=${id}`;
}

async function storeEvents(text: string): Promise<string> {
  const sent = JSON.parse(text) as {
    events?: { id: string; type: string }[];
    id: string;
    type: string;
  };
  const at = systemNow().toISOString();
  const list = sent.events ?? [sent];
  await events.add(
    list.map((event) => ({
      id: newId("evt"),
      key: `id:${event.id}`,
      type: event.type,
      at,
      visitor: null,
      channel: null,
      body: sent.events ? JSON.stringify(event) : text,
    })),
  );
  return `{"accepted":${list.length},"duplicates":0,"rejected":[],"warnings":[]}`;
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => resolve(Buffer.concat(chunks).toString()));
  });
}

const server = createServer(async (request, response) => {
  if (request.method === "GET") {
    response.writeHead(302, { location: await storeClick(request.url ?? "") }).end();
  } else {
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(await storeEvents(await bodyOf(request)));
  }
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.({ ready: true }));
process.on("SIGTERM", () => process.exit(0));
