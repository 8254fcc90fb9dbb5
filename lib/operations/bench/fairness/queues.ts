import type pg from "pg";
import type { Shop } from "@/lib/auth/matrix/testing/shop";
import type { Served } from "../served";

/** Something that a shop may have much of, and that the worker does. */
export type Queue = {
  name: "events" | "emails";
  /** Puts so many into a shop's queue; `mark` makes them unlike any others. */
  add(shop: Shop, count: number, mark: string): Promise<void>;
  /** How many of a shop's wait. */
  waiting(shop: Shop): Promise<number>;
};

const A_REQUEST = 500;

/** Purchases by customers of their own, each with an advocate's code: a referral and a reward. */
export function eventQueue({ url }: Served, database: pg.Client): Queue {
  return {
    name: "events",
    async add({ keys, customer }, count, mark) {
      for (let from = 0; from < count; from += A_REQUEST) {
        const events = Array.from({ length: Math.min(A_REQUEST, count - from) }, (_, index) => {
          const id = `${mark}-${from + index}`;
          return {
            type: "purchase",
            customer: { id, email: `${id}@example.com`, name: "Ada Example" },
            code: customer.code,
            order: { id, total: "49.90", currency: "USD" },
          };
        });
        const response = await fetch(`${url}/api/v1/events`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${keys.secret}`,
            "content-type": "application/json",
          },
          body: JSON.stringify({ events }),
        });
        const { accepted } = (await response.json()) as { accepted?: number };
        if (accepted !== events.length)
          throw new Error(`Of ${events.length} events ${accepted} were accepted.`);
      }
    },
    waiting: ({ scope }) =>
      countOf(database, "SELECT count(*)::int AS n FROM event_inbox WHERE merchant_id = $1", scope),
  };
}

/** Emails with their words, each to somebody else. */
export function emailQueue(database: pg.Client): Queue {
  return {
    name: "emails",
    async add({ scope }, count, mark) {
      await database.query(
        `INSERT INTO message (merchant_id, id, cause_key, template, recipient, locale,
           subject, text, html, state, created_at, next_try_at)
         SELECT $1, $2 || n, $2 || n, 'reward_issued', $2 || n || '@example.com', 'en',
           'A word', 'A word', '<p>A word</p>', 'queued', now(), now()
         FROM generate_series(1, $3::int) n`,
        [scope.merchantId, `${mark}-`, count],
      );
    },
    waiting: ({ scope }) =>
      countOf(
        database,
        // Those that are being sent too; not those that wait for tomorrow's digest.
        `SELECT count(*)::int AS n FROM message
         WHERE merchant_id = $1 AND state = 'queued' AND next_try_at < now() + interval '1 hour'`,
        scope,
      ),
  };
}

async function countOf(database: pg.Client, sql: string, { merchantId }: { merchantId: string }) {
  return (await database.query<{ n: number }>(sql, [merchantId])).rows[0]!.n;
}
