import { Prisma } from "@/lib/core/db";
import { withinShare } from "@/lib/core/database/shares";
import { inScope, requirePermission, type Scope, type Tx } from "@/lib/merchants/scope";
import type { MemberPermission } from "@/lib/merchants/rules/roles";
import type { Span } from "./days";
import type { Bounded } from "./limits";

/** What the reports' SQL shares: who may ask, the ranges, and the one meaning of "referred". */

/** A scope in which a report may ask the database: its question was measured before. */
export type ReportScope = Tx;

/**
 * Runs a report's queries, for someone who may read insights by default. Read replicas would come
 * in here. It is the only way to the database in lib/reports, which a test holds, and it takes the
 * proof that the question is within its report's limit.
 * @throws DomainError overloaded when the merchant asks for more reports at once than its share
 */
export async function inReport<T>(
  scope: Scope,
  _bounded: Bounded,
  work: (tx: ReportScope) => Promise<T>,
  permission: MemberPermission = "insights.read",
): Promise<T> {
  requirePermission(scope, permission);
  const ask = () => inScope(scope, (tx) => askSlowly(tx, work));
  // Within another report it is a part of that one.
  return scope.db ? ask() : withinShare("reports", scope.merchantId, ask);
}

async function askSlowly<T>(tx: ReportScope, work: (tx: ReportScope) => Promise<T>): Promise<T> {
  // Compiling a query costs more than any of these take. A report may take all of its
  // transaction's time.
  await tx.db.$executeRaw`SELECT set_config('jit', 'off', true),
      set_config('work_mem', '64MB', true), set_config('statement_timeout', '60s', true)`;
  return work(tx);
}

/**
 * `span (n, lo, hi)`: the ranges asked about, numbered from 0, half-open. One statement answers for
 * a range, the one it is compared with and all their buckets. Where a day begins is decided by
 * lib/core/time.ts, which knows the zones' odd midnights; where SQL groups by days, it cuts them
 * with lib/core/zones/sql.ts, by the same zones.
 */
export function spanTable(spans: readonly Span[]): Prisma.Sql {
  return Prisma.sql`span (n, lo, hi) AS (
    SELECT * FROM unnest(
      ${spans.map((_, n) => n)}::int[],
      ${spans.map(({ from }) => from.toISOString())}::timestamptz[],
      ${spans.map(({ to }) => to.toISOString())}::timestamptz[]))`;
}

/**
 * `referred (customer_id, since, came_new)`: every customer with a referral that stands, from its
 * click (else its joining) on; `came_new` says that the referral came before the first order. A
 * rejected referral never counts; one that expired counts only where the friend ordered within its
 * window without reaching what the program waits for.
 */
export function referredTable({ merchantId }: Scope): Prisma.Sql {
  return Prisma.sql`referred (customer_id, since, came_new) AS MATERIALIZED (
    SELECT r.friend_id, MIN(COALESCE(r.clicked_at, r.joined_at)),
      bool_or(c.first_order_at >= COALESCE(r.clicked_at, r.joined_at))
    FROM referral r
    JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.friend_id
    WHERE r.merchant_id = ${merchantId} AND r.state <> 'rejected'
      AND (r.state <> 'expired' OR c.first_order_at BETWEEN COALESCE(r.clicked_at, r.joined_at)
        AND r.expires_at)
    GROUP BY r.friend_id)`;
}

/**
 * `sale (n, kind, id, key, customer_id, at, minor, referred, came_new)`: what was paid and, on the
 * day it went back, what was refunded, as a negative amount. `referred` is true from the day the
 * customer's referral began.
 */
export function saleTable({ merchantId }: Scope): Prisma.Sql {
  return Prisma.sql`sale AS (
    SELECT s.n, 'order' AS kind, o.id, 'order:' || o.id AS key, o.customer_id, o.occurred_at AS at,
      o.total_minor AS minor,
      COALESCE(f.since <= o.occurred_at, false) AS referred, COALESCE(f.came_new, false) AS came_new
    FROM span s
    JOIN shop_order o ON o.merchant_id = ${merchantId} AND o.occurred_at >= s.lo
      AND o.occurred_at < s.hi
    LEFT JOIN referred f ON f.customer_id = o.customer_id
    UNION ALL
    SELECT s.n, 'refund', o.id, 'refund:' || b.event_id, o.customer_id, b.occurred_at,
      -b.amount_minor,
      COALESCE(f.since <= o.occurred_at, false), COALESCE(f.came_new, false)
    FROM span s
    JOIN refund b ON b.merchant_id = ${merchantId} AND b.occurred_at >= s.lo
      AND b.occurred_at < s.hi
    JOIN shop_order o ON o.merchant_id = b.merchant_id AND o.id = b.order_id
    LEFT JOIN referred f ON f.customer_id = o.customer_id)`;
}

/**
 * True of a reward `w` that a customer earned by a purchase or another event of their own, without
 * any referral: points for one's own purchases, mostly.
 */
export const isOwn = Prisma.sql`(w.referral_id IS NULL AND (
  EXISTS (
    SELECT FROM shop_order o WHERE o.merchant_id = w.merchant_id AND o.id = w.order_id
      AND o.customer_id = w.customer_id)
  OR EXISTS (
    SELECT FROM event_outcome e WHERE e.merchant_id = w.merchant_id AND e.event_id = w.event_id
      AND e.customer_id = w.customer_id)))`;

/**
 * `cost (n, reward_id, key, side, customer_id, friend_id, at, minor, own)`: what each step of a
 * reward added to the cost or, negative, took from it; `friend_id` is the friend whose referral it
 * was granted for. `own` marks what no referral costs. All that the rewards of a rejected referral
 * cost counts on the day they were earned: it leaves the range that the friend's revenue leaves,
 * and what of it was spent stays a cost of that range.
 */
export function costTable({ merchantId }: Scope): Prisma.Sql {
  const columns = Prisma.sql`s.n, t.reward_id, t.reward_id || ':' || t.id AS key, w.side,
    w.customer_id, COALESCE(r.friend_id, w.customer_id) AS friend_id`;
  return Prisma.sql`cost AS (
    SELECT ${columns}, t.at, t.cost_minor AS minor, ${isOwn} AS own
    FROM span s
    JOIN reward_step t ON t.merchant_id = ${merchantId} AND t.at >= s.lo AND t.at < s.hi
      AND t.cost_minor <> 0
    JOIN reward w ON w.merchant_id = t.merchant_id AND w.id = t.reward_id
    LEFT JOIN referral r ON r.merchant_id = w.merchant_id AND r.id = w.referral_id
    WHERE r.state IS DISTINCT FROM 'rejected'
    UNION ALL
    SELECT ${columns}, w.earned_at, t.cost_minor, false
    FROM referral r
    JOIN reward w ON w.merchant_id = r.merchant_id AND w.referral_id = r.id
    JOIN span s ON w.earned_at >= s.lo AND w.earned_at < s.hi
    JOIN reward_step t ON t.merchant_id = w.merchant_id AND t.reward_id = w.id
      AND t.cost_minor <> 0
    WHERE r.merchant_id = ${merchantId} AND r.state = 'rejected')`;
}

/** `share (n, id, at, customer_id)`: every share in the ranges that somebody known made. */
export function shareTable({ merchantId }: Scope): Prisma.Sql {
  return Prisma.sql`share AS (
    SELECT s.n, e.id, e.occurred_at AS at, COALESCE(a.customer_id, o.customer_id) AS customer_id
    FROM span s
    JOIN event e ON e.merchant_id = ${merchantId} AND e.type = 'share' AND e.occurred_at >= s.lo
      AND e.occurred_at < s.hi
    LEFT JOIN advocate a ON a.merchant_id = e.merchant_id AND a.id = e.advocate_id
    LEFT JOIN event_outcome o ON o.merchant_id = e.merchant_id AND o.event_id = e.id
    WHERE COALESCE(a.customer_id, o.customer_id) IS NOT NULL)`;
}

/**
 * `opened`: every click in the ranges on somebody's link, and `click (n, visitor_id, at,
 * program_id, customer_id)`: each browser once per range, at its first click, with the customer
 * whose link it was. Browsers that turned out to be the advocate's own, or those of friends whose
 * referral was rejected, are left out.
 */
export function clickTable({ merchantId }: Scope): Prisma.Sql {
  return Prisma.sql`rejected_browser AS (
    SELECT DISTINCT v.visitor_id, r.program_id
    FROM referral r
    JOIN customer_visitor v ON v.merchant_id = r.merchant_id AND v.customer_id = r.friend_id
    WHERE r.merchant_id = ${merchantId} AND r.state = 'rejected'
  ),
  opened AS (
    SELECT s.n, e.visitor_id, e.occurred_at AS at, e.id, e.program_id, e.advocate_id, a.customer_id
    FROM span s
    JOIN event e ON e.merchant_id = ${merchantId} AND e.type = 'click' AND e.occurred_at >= s.lo
      AND e.occurred_at < s.hi
    JOIN advocate a ON a.merchant_id = e.merchant_id AND a.id = e.advocate_id
    LEFT JOIN customer_visitor own ON own.merchant_id = e.merchant_id
      AND own.visitor_id = e.visitor_id AND own.customer_id = a.customer_id
    LEFT JOIN rejected_browser b ON b.visitor_id = e.visitor_id AND b.program_id = e.program_id
    WHERE e.visitor_id IS NOT NULL AND own.visitor_id IS NULL AND b.visitor_id IS NULL
  ),
  click AS (
    SELECT DISTINCT ON (n, visitor_id) n, visitor_id, at, program_id, customer_id
    FROM opened ORDER BY n, visitor_id, at, id)`;
}

/**
 * `came (n, person, customer_id, at, joined, qualified, rewarded)`: everybody who came in a range,
 * once, and how far they had got by its end. A friend came with their click, or with their code
 * where there was none, in however many programs and browsers; a browser that is nobody's friend is
 * a person of its own. Who had qualified before the range is not new to it. Needs click.
 */
export function cameTable({ merchantId }: Scope): Prisma.Sql {
  return Prisma.sql`friendship AS MATERIALIZED (
    SELECT friend_id, MIN(joined_at) AS joined_at,
      MIN(qualified_at) FILTER (WHERE state IN ('qualified', 'rewarded')) AS qualified_at,
      MIN(rewarded_at) FILTER (WHERE state = 'rewarded') AS rewarded_at
    FROM referral WHERE merchant_id = ${merchantId} AND state <> 'rejected' GROUP BY friend_id
  ),
  friends_browser AS (
    SELECT c.n, c.visitor_id, f.friend_id
    FROM click c
    JOIN customer_visitor v ON v.merchant_id = ${merchantId} AND v.visitor_id = c.visitor_id
    JOIN friendship f ON f.friend_id = v.customer_id
    UNION
    SELECT o.n, o.visitor_id, r.friend_id
    FROM opened o
    JOIN referral r ON r.merchant_id = ${merchantId} AND r.advocate_id = o.advocate_id
      AND r.clicked_at = o.at AND r.state <> 'rejected'
  ),
  arrival AS (
    SELECT s.n, r.friend_id, NULL AS visitor_id, COALESCE(r.clicked_at, r.joined_at) AS at
    FROM span s
    JOIN referral r ON r.merchant_id = ${merchantId} AND r.state <> 'rejected'
      AND COALESCE(r.clicked_at, r.joined_at) >= s.lo AND COALESCE(r.clicked_at, r.joined_at) < s.hi
      AND r.joined_at < s.hi
    UNION ALL
    SELECT c.n, b.friend_id, CASE WHEN b.friend_id IS NULL THEN c.visitor_id END, c.at
    FROM click c LEFT JOIN friends_browser b ON b.n = c.n AND b.visitor_id = c.visitor_id
  ),
  came AS (
    SELECT a.n, COALESCE(a.friend_id, 'visitor:' || a.visitor_id) AS person,
      a.friend_id AS customer_id, a.visitor_id, a.at, COALESCE(f.joined_at < s.hi, false) AS joined,
      COALESCE(f.qualified_at < s.hi, false) AS qualified,
      COALESCE(f.rewarded_at < s.hi, false) AS rewarded
    FROM (
      SELECT n, friend_id, visitor_id, MIN(at) AS at FROM arrival GROUP BY n, friend_id, visitor_id
    ) a
    JOIN span s ON s.n = a.n
    LEFT JOIN friendship f ON f.friend_id = a.friend_id
    WHERE f.qualified_at IS NULL OR f.qualified_at >= s.lo)`;
}

/**
 * `active (n, customer_id, at)`: who ordered, shared, did anything else on record, or had their
 * link opened. Needs share and click.
 */
export function activeTable({ merchantId }: Scope): Prisma.Sql {
  return Prisma.sql`active AS (
    SELECT n, customer_id, MAX(at) AS at FROM (
      SELECT s.n, o.customer_id, o.occurred_at AS at FROM span s
      JOIN shop_order o ON o.merchant_id = ${merchantId} AND o.occurred_at >= s.lo
        AND o.occurred_at < s.hi
      UNION ALL
      SELECT s.n, e.customer_id, e.occurred_at FROM span s
      JOIN event_outcome e ON e.merchant_id = ${merchantId} AND e.occurred_at >= s.lo
        AND e.occurred_at < s.hi
      WHERE e.customer_id IS NOT NULL AND e.type NOT IN ('purchase', 'refund')
      UNION ALL SELECT n, customer_id, at FROM share
      UNION ALL SELECT n, customer_id, at FROM click
    ) action GROUP BY n, customer_id)`;
}
