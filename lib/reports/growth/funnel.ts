import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { type Days, spanOf } from "../days";
import { enrolmentRate } from "./enrolment-rate";
import { METRIC_LIMIT, limitText, withinRanges } from "../limits";
import { cameTable, clickTable, inReport, spanTable } from "../sql";

export const definition = {
  name: "funnel",
  title: "Funnel",
  formula:
    "Customers: saw the program, joined, shared. Friends: came, joined, qualified, were " +
    "rewarded.",
  numerator: "People who started in the range and reached the step by its end.",
  denominator:
    "Customers who saw or joined a program in the range; people who clicked or used a code in it.",
  window: "Day of the first step. Later steps count until the end of the range.",
  exclusions:
    "Reversed referrals count up to the step before they qualified. Views by people who had " +
    "already joined don’t count, nor do friends who had qualified before. A person in two " +
    "programs counts once.",
  limit: limitText(METRIC_LIMIT),
};

/** Null is unknown: no visit of the page is on record, or the range has not begun. */
export type FunnelCounts = {
  customers: Record<"saw" | "joined" | "shared", number | null>;
  friends: Record<"came" | "clicked" | "joined" | "qualified" | "rewarded", number | null>;
};

const UNKNOWN: FunnelCounts = {
  customers: { saw: null, joined: null, shared: null },
  friends: { came: null, clicked: null, joined: null, qualified: null, rewarded: null },
};

/**
 * How far those came who began in a range, on both sides of a referral.
 * @throws DomainError invalid_request (path "from") for a range longer than reports cover
 */
export async function funnel(scope: Scope, days: Days): Promise<FunnelCounts> {
  const span = spanOf(days, scope.timeZone);
  return inReport(scope, withinRanges(METRIC_LIMIT, [span]), async (tx) => {
    if (span.from > scopeNow(tx)) return UNKNOWN;
    const [enrolment] = await enrolmentRate.read(tx, [span]);
    const [friends] = await tx.db.$queryRaw<[FunnelCounts["friends"]]>`
      WITH ${spanTable([span])}, ${clickTable(tx)}, ${cameTable(tx)}
      SELECT (SELECT count(*) FROM click)::int AS clicked, count(*)::int AS came,
        (count(*) FILTER (WHERE joined))::int AS joined,
        (count(*) FILTER (WHERE qualified))::int AS qualified,
        (count(*) FILTER (WHERE rewarded))::int AS rewarded
      FROM came`;
    const [sharers] = await tx.db.$queryRaw<[{ shared: number }]>`
      SELECT count(DISTINCT a.customer_id)::int AS shared
      FROM advocate a
      WHERE a.merchant_id = ${tx.merchantId} AND a.joined_at >= ${span.from}
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
