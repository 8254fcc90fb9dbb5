import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { shareReading, unknownReading } from "../reading";
import { factsReport } from "../report";

const definition: Definition = {
  name: "enrolment_rate",
  title: "Enrolment rate",
  formula: "People who joined a program, divided by people who saw it.",
  numerator: "People who joined in the range.",
  denominator:
    "People who viewed a program’s page or joined one in the range; each once. Unknown people " +
    "count by browser; those who had joined the program before are left out.",
  window: "Day of the view and of joining.",
  exclusions:
    "Unknown until the first page view is recorded, because joins alone don’t show who saw " +
    "the program.",
  unit: "share",
  interval: "Wilson, 95%",
  better: "higher",
};

const facts = ({ merchantId }: Scope) => Prisma.sql`
  viewer AS (
    SELECT s.n, e.program_id,
      COALESCE(a.customer_id, o.customer_id, v.customer_id, 'visitor:' || e.visitor_id) AS person,
      MIN(e.occurred_at) AS at
    FROM span s
    JOIN event e ON e.merchant_id = ${merchantId} AND e.type = 'program_view' AND e.source = 'refer'
      AND e.occurred_at >= s.lo AND e.occurred_at < s.hi
    LEFT JOIN advocate a ON a.merchant_id = e.merchant_id AND a.id = e.advocate_id
    LEFT JOIN event_outcome o ON o.merchant_id = e.merchant_id AND o.event_id = e.id
    LEFT JOIN LATERAL (
      SELECT customer_id FROM customer_visitor v
      WHERE v.merchant_id = e.merchant_id AND v.visitor_id = e.visitor_id
      ORDER BY linked_at DESC LIMIT 1
    ) v ON true
    WHERE COALESCE(a.customer_id, o.customer_id, v.customer_id, e.visitor_id) IS NOT NULL
    GROUP BY 1, 2, 3
  ),
  joiner AS (
    SELECT s.n, a.program_id, a.customer_id AS person, a.joined_at AS at
    FROM span s
    JOIN advocate a ON a.merchant_id = ${merchantId} AND a.joined_at >= s.lo AND a.joined_at < s.hi
  ),
  prospect AS (
    SELECT n, program_id, person, COALESCE(j.at, v.at) AS at, v.at IS NOT NULL AS seen,
      j.at IS NOT NULL AS joined
    FROM viewer v FULL JOIN joiner j USING (n, program_id, person)
  ),
  fact AS (
    SELECT p.n, CASE WHEN bool_or(p.seen) THEN 'seen' ELSE 'joined unseen' END AS grp,
      CASE WHEN p.person LIKE 'visitor:%' THEN 'visitor'
        ELSE 'customer' END AS kind, p.person AS id, p.person AS key, p.person AS customer_id,
      MIN(p.at) AS at, 1::bigint AS x, bool_or(p.joined)::int::bigint AS y
    FROM prospect p
    JOIN span s USING (n)
    LEFT JOIN advocate member ON member.merchant_id = ${merchantId}
      AND member.customer_id = p.person AND member.program_id = p.program_id
    WHERE p.joined OR member.joined_at IS NULL OR member.joined_at >= s.lo
    GROUP BY p.n, p.person
  )`;

export const enrolmentRate = factsReport({
  definition,
  facts,
  answer({ all, of }) {
    const [joined, seen] = [Number(all.y), Number(all.x)];
    if (of("seen").facts === 0)
      return unknownReading("share", "no_views", 0, { numerator: joined });
    return shareReading(joined, seen, "no_views");
  },
});
