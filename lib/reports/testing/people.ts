import { inScope } from "@/lib/merchants/scope";
import type { Ground, World } from "./world";

/** Customers, and what they and their visitors do. */
export function peopleIn({
  scope,
  merchantId,
  programId,
  event,
}: Ground): Pick<World, "customers" | "join" | "share" | "click" | "view" | "link"> {
  return {
    async customers(...names) {
      await inScope(scope, (db) =>
        db.customer.createMany({
          data: names.map((id) => ({
            merchantId,
            id,
            name: id,
            traits: {},
            createdAt: new Date(0),
            firstSeenAt: new Date(0),
          })),
        }),
      );
    },
    async join(customerId, at) {
      await inScope(scope, (db) =>
        db.advocate.create({
          data: { merchantId, id: `adv_${customerId}`, programId, customerId, joinedAt: at },
        }),
      );
    },
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
      await inScope(scope, (db) =>
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
    async link(visitorId, customerId) {
      await inScope(scope, (db) =>
        db.customerVisitor.create({
          data: { merchantId, visitorId, customerId, linkedAt: new Date(0) },
        }),
      );
    },
  };
}
