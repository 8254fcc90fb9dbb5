import type { Scope } from "@/lib/merchants/scope";
import { type Days, spanOf } from "../days";
import { enrolmentRate } from "./enrolment-rate";
import { clickTable, inReport, spanTable } from "../sql";

export const definition = {
  name: "funnel",
  title: "Funnel",
  formula:
    "Customers: saw the program, joined, shared. Friends: came, joined, qualified, were " +
    "rewarded.",
  numerator: "People who started in the range and reached the step by its end.",
  denominator:
    "Customers who saw or joined the program in the range; friends who clicked or used a " +
    "code in it.",
  window: "Day of the first step. Later steps count until the end of the range.",
  exclusions:
    "Reversed referrals count up to the step before they qualified. Views by people who " +
    "had already joined don’t count.",
};

export type FunnelCounts = {
  /** Null where no visit of the page is on record. */
  customers: { saw: number | null; joined: number; shared: number };
  friends: { came: number; clicked: number; joined: number; qualified: number; rewarded: number };
};

/** How far those came who began in a range, on both sides of a referral. */
export async function funnel(scope: Scope, days: Days): Promise<FunnelCounts> {
  const span = spanOf(days, scope.timeZone);
  return inReport(scope, async (db, scope) => {
    const [enrolment] = await enrolmentRate.read(scope, [span]);
    const [friends] = await db.$queryRaw<[FunnelCounts["friends"]]>`
      WITH ${spanTable([span])}, ${clickTable(scope)},
      friend AS (
        SELECT r.* FROM span s
        JOIN referral r ON r.merchant_id = ${scope.merchantId} AND r.state <> 'rejected'
          AND COALESCE(r.clicked_at, r.joined_at) >= s.lo
            AND COALESCE(r.clicked_at, r.joined_at) < s.hi AND r.joined_at < s.hi
      )
      SELECT (SELECT count(*) FROM click)::int AS clicked,
        ((SELECT count(*) FROM click) + count(*) FILTER (WHERE clicked_at IS NULL))::int AS came,
        count(*)::int AS joined,
        (count(*) FILTER (WHERE qualified_at < ${span.to}
          AND state IN ('qualified', 'rewarded')))::int AS qualified,
        (count(*) FILTER (WHERE rewarded_at < ${span.to} AND state = 'rewarded'))::int AS rewarded
      FROM friend`;
    const [sharers] = await db.$queryRaw<[{ shared: number }]>`
      SELECT count(DISTINCT (a.customer_id, a.program_id))::int AS shared
      FROM advocate a
      WHERE a.merchant_id = ${scope.merchantId} AND a.joined_at >= ${span.from}
        AND a.joined_at < ${span.to}
        AND EXISTS (
          SELECT FROM event e
          WHERE e.merchant_id = a.merchant_id AND e.advocate_id = a.id AND e.type = 'share'
            AND e.occurred_at >= ${span.from} AND e.occurred_at < ${span.to})`;
    return {
      friends,
      customers: {
        saw:
          enrolment?.unknown || typeof enrolment?.denominator !== "number"
            ? null
            : enrolment.denominator,
        joined: typeof enrolment?.numerator === "number" ? enrolment.numerator : 0,
        shared: sharers.shared,
      },
    };
  });
}
