import { DAY_MS } from "@/lib/core/time";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";

/**
 * Counts that somebody saw a program's page: once a day for a customer, else for a browser. Of a
 * visitor of whom neither is known nothing is stored. What share of them joins is the enrolment
 * rate.
 */
export async function recordView(
  scope: Scope,
  seen: { programId: string; customerId: string | null; visitorId: string | null },
): Promise<void> {
  const person = seen.customerId ?? seen.visitorId;
  if (person === null) return;
  await inScope(scope, async (tx) => {
    const day = Math.floor(scopeNow(tx).getTime() / DAY_MS);
    const advocate =
      seen.customerId === null
        ? null
        : await tx.db.advocate.findUnique({
            where: {
              merchantId_programId_customerId: {
                merchantId: tx.merchantId,
                programId: seen.programId,
                customerId: seen.customerId,
              },
            },
            select: { id: true },
          });
    await storeEvent(tx, {
      source: "refer",
      dedupeKey: `program_view:${seen.programId}:${person}:${day}`,
      body: { type: "program_view" },
      programId: seen.programId,
      ...(advocate && { advocateId: advocate.id }),
      ...(seen.visitorId && { visitorId: seen.visitorId }),
      // The day's first visit stands for all of it, whatever is known by the second.
      bodyHash: "program_view",
    });
  });
}
