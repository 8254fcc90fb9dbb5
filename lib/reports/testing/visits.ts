import { inScope } from "@/lib/merchants/scope";
import type { Ground, World } from "./ground";

/** What people and their visitors do before anybody buys. */
export function visitsIn({
  scope,
  merchantId,
  programId,
  event,
}: Ground): Pick<World, "share" | "click" | "view"> {
  return {
    async share(customerId, at, channel = "copy") {
      await event({ type: "share", at, advocateId: `adv_${customerId}`, programId, channel });
    },
    async click(advocate, visitorId, at) {
      await event({
        type: "click",
        source: "click",
        at,
        advocateId: `adv_${advocate}`,
        programId,
        visitorId,
      });
    },
    async view({ visitor, customer }, at) {
      const stored = await event({
        type: "program_view",
        at,
        programId,
        ...(visitor && { visitorId: visitor }),
      });
      if (!customer) return;
      await inScope(scope, ({ db }) =>
        db.eventOutcome.create({
          data: {
            merchantId,
            eventId: stored.id,
            customerId: customer,
            type: "program_view",
            occurredAt: at,
            processedAt: at,
            decisions: [],
          },
        }),
      );
    },
  };
}
