import { notFound } from "@/lib/core/errors";
import { MINUTE_MS } from "@/lib/core/time";
import type { ShareChannel } from "@/lib/events/schema";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";

/**
 * Counts that an advocate shared, and through which channel. The same channel within the same
 * minute is one share: a second press, or a browser that sends twice.
 * @throws DomainError not_found when this customer does not share this program
 */
export async function recordShare(
  scope: Scope,
  {
    programId,
    customerId,
    channel,
  }: { programId: string; customerId: string; channel: ShareChannel },
): Promise<{ counted: boolean }> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const advocate = await tx.db.advocate.findUnique({
      where: { merchantId_programId_customerId: { merchantId, programId, customerId } },
      select: { id: true },
    });
    if (!advocate) throw notFound("advocate");
    const minute = Math.floor(scopeNow(tx).getTime() / MINUTE_MS);
    const { duplicate } = await storeEvent(tx, {
      source: "refer",
      dedupeKey: `share:${advocate.id}:${channel}:${minute}`,
      body: { type: "share", context: { channel } },
      programId,
      advocateId: advocate.id,
      channel,
    });
    return { counted: !duplicate };
  });
}
