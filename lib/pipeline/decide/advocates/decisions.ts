import type { Db } from "@/lib/core/db";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Decision } from "../decision";

type Scoped = Scope & { db: Db };

/**
 * Adds decisions to the outcome of an event that were made after it was processed. Rewards that
 * existed before are not mentioned again.
 */
export async function addDecisions(
  { db, merchantId }: Scoped,
  eventId: string,
  decisions: readonly Decision[],
): Promise<void> {
  const news = decisions.filter(({ code }) => code !== "reward_known");
  if (news.length === 0) return;
  await db.$executeRaw`
    UPDATE event_outcome SET decisions = decisions || ${JSON.stringify(news)}::jsonb
    WHERE merchant_id = ${merchantId} AND event_id = ${eventId}`;
}

/** Stores what came of clicks. The customer behind a click is not known. */
export async function noteClicks(
  scope: Scoped,
  decided: ReadonlyMap<string, readonly Decision[]>,
): Promise<void> {
  const { db, merchantId } = scope;
  const rows = [...decided]
    .filter(([, decisions]) => decisions.length > 0)
    .map(([id, decisions]) => ({ id, decisions }));
  if (rows.length === 0) return;
  await db.$executeRaw`
    INSERT INTO event_outcome (merchant_id, event_id, type, occurred_at, processed_at, decisions)
    SELECT e.merchant_id, e.id, e.type, e.occurred_at, ${scopeNow(scope)}, n.decisions
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (id text, decisions jsonb)
    JOIN event e ON e.merchant_id = ${merchantId} AND e.id = n.id
    ON CONFLICT DO NOTHING`;
}

/**
 * What was refused for these events, as "<rule> <cause>". A milestone or a second-level reward is
 * decided once; what the limits refused then stays refused.
 */
export async function refusedFor(
  { db, merchantId }: Scoped,
  eventIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db.eventOutcome.findMany({
    where: { merchantId, eventId: { in: [...new Set(eventIds)] } },
    select: { decisions: true },
  });
  return new Set(
    (rows.flatMap(({ decisions }) => decisions) as Decision[]).flatMap((decision) =>
      decision.code === "reward_refused" ? [`${decision["ruleId"]} ${decision["causeKey"]}`] : [],
    ),
  );
}
