import pg from "pg";
import type { Scope } from "@/lib/merchants/scope";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { testTerms } from "@/lib/worker/testing";
import { customerId, advocateId, loadLargeShop } from "../pages/large-shop";

/** A program with years of customers, friends, orders and clicks, so that reports have work. */
export async function fillShop(url: string, scope: Scope, people: number): Promise<void> {
  const program = await createProgram(scope, { name: "Large", terms: testTerms() });
  await publishProgram(scope, program.id);
  await loadLargeShop(url, scope, program.id, people);
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  try {
    // Triggers and foreign keys are passed by: what they would do is done here.
    await database.query("SET session_replication_role = replica");
    for (const text of STATEMENTS)
      await database.query(
        text
          .replaceAll(/:m\b/g, `'${scope.merchantId}'`)
          .replaceAll(/:p\b/g, `'${program.id}'`)
          .replaceAll(/:n\b/g, String(people)),
      );
  } finally {
    await database.end();
  }
}

const idOf = (make: (n: number) => string) => make(0).replace(/_0+$/, "_");
const CUSTOMER = `'${idOf(customerId)}' || lpad(who::text, 26, '0')`;
const ADVOCATE = `'${idOf(advocateId)}' || lpad(who::text, 26, '0')`;
/** Two for each person on average, over three years. */
const drawn = (times: number) => `(
  SELECT n, 1 + floor(:n * power(random(), 2))::int AS who,
    date_trunc('milliseconds', now() - random() * interval '1095 days') AS at
  FROM generate_series(1, ${times} * :n) n) drawn`;

const STATEMENTS = [
  `INSERT INTO shop_order (merchant_id, id, customer_id, event_id, occurred_at, recorded_at,
     currency, currency_scale, total_minor)
   SELECT :m, 'bench-' || n, ${CUSTOMER}, 'evt_order_' || n, at, at, 'USD', 2, 1000 + n % 9000
   FROM ${drawn(2)}`,
  `INSERT INTO event (merchant_id, id, dedupe_key, type, occurred_at, recorded_at, source,
     provenance, body_hash, body)
   SELECT :m, event_id, 'order:purchase:' || id, 'purchase', occurred_at, recorded_at, 'api',
     'server', '', jsonb_build_object('type', 'purchase', 'order', jsonb_build_object('id', id))
   FROM shop_order WHERE merchant_id = :m AND id LIKE 'bench-%'`,
  `INSERT INTO event (merchant_id, id, dedupe_key, type, occurred_at, recorded_at, source,
     provenance, body_hash, body, visitor_id, program_id, advocate_id)
   SELECT :m, 'evt_click_' || n, 'evt_click_' || n, 'click', at, at, 'click', 'browser', '', '{}',
     'visitor-' || n, :p, ${ADVOCATE}
   FROM ${drawn(2)}`,
  `UPDATE customer c SET order_count = o.n, revenue_minor = o.minor, first_order_at = o.first,
     last_order_at = o.last
   FROM (
     SELECT customer_id, count(*) AS n, sum(total_minor) AS minor, min(occurred_at) AS first,
       max(occurred_at) AS last
     FROM shop_order WHERE merchant_id = :m GROUP BY 1
   ) o WHERE c.merchant_id = :m AND c.id = o.customer_id`,
  "VACUUM (ANALYZE) shop_order",
  "VACUUM (ANALYZE) event",
  "VACUUM (ANALYZE) customer",
];
