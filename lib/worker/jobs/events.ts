import { prismaFor } from "@/lib/core/db";
import { systemNow } from "@/lib/core/time";
import { noteFailure } from "@/lib/pipeline/intake/note-failure";
import { processEvent } from "@/lib/pipeline/process-event";
import type { WorkFilter } from "../due";
import { BATCH, inLanes, type Work } from "./job";

/**
 * Works off events whose time has come, oldest first and those of one person one after the other:
 * side by side they would only wait for each other. One that fails keeps its place in the inbox
 * with its error and is tried again later, each time after twice as long, up to an hour.
 * @returns how many were worked off, and how many failed
 */
export async function processDueEvents(
  filter: WorkFilter = {},
): Promise<{ done: number; failed: number }> {
  const due = await prismaFor("goodword_gate").$queryRaw<(Work & { person: string })[]>`
    SELECT i.merchant_id AS "merchantId", i.event_id AS id,
      COALESCE(e.body->'customer'->>'id', e.body->'customer'->>'email', e.visitor_id, e.id) AS person
    FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
    WHERE i.next_try_at <= ${systemNow()}
      AND (${filter.merchantId ?? null}::text IS NULL OR i.merchant_id = ${filter.merchantId ?? null})
    ORDER BY i.next_try_at, i.event_id LIMIT ${BATCH}`;
  let failed = 0;
  await inLanes(
    due,
    ({ person }) => person,
    async (scope, { id }) => {
      try {
        await processEvent(scope, id);
      } catch (error) {
        failed += 1;
        await noteFailure(scope, id, error);
      }
    },
  );
  return { done: due.length - failed, failed };
}
