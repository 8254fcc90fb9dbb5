import { addDays } from "@/lib/core/time";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";

/** A type of event that counts as a goal also when a browser sends it. */
export type AllowedEventRow = {
  type: string;
  perDay: number;
  at: Date;
  actor: string;
  /** How many counted within the last 24 hours, in all programs. */
  counted: number;
};

/** The types of events that the shop lets count from browsers, by name. */
export async function listAllowedEvents(scope: Scope): Promise<AllowedEventRow[]> {
  requirePermission(scope, "settings.edit");
  const since = addDays(scopeNow(scope), -1);
  return inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw<AllowedEventRow[]>`
    SELECT a.type, a.per_day AS "perDay", a.at, a.actor, (
        SELECT count(*)::int FROM browser_goal g
        WHERE g.merchant_id = ${merchantId} AND g.type = a.type AND g.at > ${since}
      ) AS counted
    FROM allowed_event a WHERE a.merchant_id = ${merchantId} ORDER BY a.type`,
  );
}
