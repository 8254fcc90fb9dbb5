import type { Scope } from "@/lib/merchants/scope";
import type { Decision } from "../decision";
import { armOf } from "../arms";
import { publishedVersions } from "../terms-in-effect";
import { addDecisions, noteClicks } from "./decisions";
import { actionsSinceJoining } from "./own-actions";
import { rewardAction } from "./reward-action";
import { settleFriends } from "./rewards-for-friends";
import { rewardVisits } from "./visits";
import { withAdvocate } from "./with-advocate";

/** How many notes about one advocate are processed in one transaction. */
const MOST_NOTES = 200;

/**
 * Processes what was noted for an advocate: that they joined, that friends of theirs qualified or
 * no longer do, that their links brought visitors. In a transaction of the advocate's own, which
 * begins with their customer's row: of two friends who qualify at the same moment the second note
 * finds both on record, so that no milestone is missed and none is counted twice.
 * @returns whether anything was noted
 */
export async function processAdvocate(scope: Scope, advocateId: string): Promise<boolean> {
  return withAdvocate(scope, advocateId, async (scope, advocate) => {
    const notes = await scope.db.$queryRaw<{ note: string }[]>`
      DELETE FROM advocate_due d
      WHERE d.merchant_id = ${scope.merchantId} AND d.advocate_id = ${advocateId} AND d.note IN (
        SELECT n.note FROM advocate_due n
        WHERE n.merchant_id = ${scope.merchantId} AND n.advocate_id = ${advocateId}
        ORDER BY n.note LIMIT ${MOST_NOTES})
      RETURNING note`;
    if (notes.length === 0) return false;
    const has = (kind: string) => notes.some(({ note }) => note.startsWith(kind));
    const program = await publishedVersions(scope, advocate.programId);
    if (has("joined")) {
      await armOf(scope, advocateId, program.versions[0]!.terms);
      for (const { action, at } of await actionsSinceJoining(scope, advocate, program)) {
        const decisions: Decision[] = [];
        await rewardAction(scope, { advocate, program, action, at }, decisions);
        const eventId =
          action.kind === "purchase"
            ? action.order.eventId
            : action.kind === "event"
              ? action.eventId
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
