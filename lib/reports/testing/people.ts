import { inScope } from "@/lib/merchants/scope";
import type { Ground, World } from "./ground";

/** Customers, and the visitors who turned out to be them. */
export function peopleIn({
  scope,
  merchantId,
  programId,
}: Ground): Pick<World, "customers" | "join" | "link"> {
  return {
    async customers(...names) {
      await inScope(scope, ({ db }) =>
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
      await inScope(scope, ({ db }) =>
        db.advocate.create({
          data: { merchantId, id: `adv_${customerId}`, programId, customerId, joinedAt: at },
        }),
      );
    },
    async link(visitorId, customerId) {
      await inScope(scope, ({ db }) =>
        db.customerVisitor.create({
          data: { merchantId, visitorId, customerId, linkedAt: new Date(0) },
        }),
      );
    },
  };
}
