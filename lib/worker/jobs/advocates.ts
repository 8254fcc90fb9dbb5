import { prismaFor } from "@/lib/core/db";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { armOf } from "@/lib/pipeline/decide/arms";
import type { Decision } from "@/lib/pipeline/intake/stored-event";
import { BATCH, sweep, type Work } from "./job";
import { publishedVersions } from "@/lib/pipeline/decide/terms-in-effect";
import type { WorkFilter } from "../due";
import { addDecisions, noteClicks } from "@/lib/pipeline/decide/advocates/decisions";
import { settleFriends } from "@/lib/pipeline/decide/advocates/rewards-for-friends";
import {
  doingsSinceJoining,
  rewardDoing,
  rewardVisits,
  withAdvocate,
} from "@/lib/pipeline/decide/advocates/own-actions";

/** How many visits to one advocate's links are worked off in one transaction. */
const MOST_VISITS = 200;

/**
 * Works off what was noted for advocates: who joined, whose friends were confirmed or are so no
 * more, whose links brought visitors. An advocate's own transaction, which begins with their
 * customer's row: of two friends who are confirmed at the same moment the second note finds both on
 * record, so that no milestone is missed and none is counted twice.
 * @returns how many advocates were looked at
 */
export async function workOffAdvocates({ merchantId }: WorkFilter = {}): Promise<number> {
  const only = merchantId ?? null;
  await sortVisits(only);
  const due = await prismaFor("goodword_gate").$queryRaw<Work[]>`
    SELECT merchant_id AS "merchantId", advocate_id AS id FROM advocate_due
    WHERE ${only}::text IS NULL OR merchant_id = ${only}
    GROUP BY 1, 2 ORDER BY min(noted_at) LIMIT ${BATCH}`;
  return sweep(due, (scope, { id }) => workOffAdvocate(scope, id));
}

/** Hands clicks on to the advocates whose links they followed. */
async function sortVisits(only: string | null): Promise<void> {
  const merchants = await prismaFor("goodword_gate").$queryRaw<Work[]>`
    SELECT DISTINCT merchant_id AS "merchantId", merchant_id AS id FROM visit_due WHERE ${only}::text IS NULL OR merchant_id = ${only}`;
  await sweep(merchants, async (scope) => {
    await inScope(
      scope,
      (db, { merchantId }) => db.$executeRaw`
      WITH taken AS (
        DELETE FROM visit_due WHERE merchant_id = ${merchantId} AND id IN (
          SELECT id FROM visit_due WHERE merchant_id = ${merchantId} ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
        RETURNING event_ids
      )
      INSERT INTO advocate_due (merchant_id, advocate_id, note, noted_at)
      SELECT e.merchant_id, e.advocate_id, 'visit:' || e.id, e.recorded_at FROM taken t
      JOIN event e ON e.merchant_id = ${merchantId} AND e.id = ANY(t.event_ids)
      ON CONFLICT DO NOTHING`,
    );
    return true;
  });
}

async function workOffAdvocate(scope: Scope, advocateId: string): Promise<boolean> {
  return withAdvocate(scope, advocateId, async (scope, advocate) => {
    const notes = await scope.db.$queryRaw<{ note: string }[]>`
      DELETE FROM advocate_due d WHERE d.merchant_id = ${scope.merchantId} AND d.advocate_id = ${advocateId} AND d.note IN (
        SELECT n.note FROM advocate_due n WHERE n.merchant_id = ${scope.merchantId} AND n.advocate_id = ${advocateId}
        ORDER BY n.note LIMIT ${MOST_VISITS})
      RETURNING note`;
    if (notes.length === 0) return false;
    const has = (kind: string) => notes.some(({ note }) => note.startsWith(kind));
    const program = await publishedVersions(scope, advocate.programId);
    if (has("joined")) {
      await armOf(scope, advocateId, program.versions[0]!.terms);
      for (const { doing, at } of await doingsSinceJoining(scope, advocate, program)) {
        const decisions: Decision[] = [];
        await rewardDoing(scope, { advocate, program, doing, at }, decisions);
        const eventId =
          doing.kind === "purchase"
            ? doing.order.eventId
            : doing.kind === "event"
              ? doing.eventId
              : null;
        if (eventId) await addDecisions(scope, eventId, decisions);
      }
    }
    if (has("friends:")) await settleFriends(scope, advocate, program);
    const visits = notes.flatMap(({ note }) =>
      note.startsWith("visit:") ? [note.slice("visit:".length)] : [],
    );
    if (visits.length > 0)
      await noteClicks(scope, await rewardVisits(scope, advocate, program, visits));
    return true;
  });
}
