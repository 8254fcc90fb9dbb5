import { inScope } from "@/lib/merchants/scope";
import type { Ground, World } from "./ground";

/** Orders and refunds. */
export function ordersIn({ scope, merchantId, next }: Ground): Pick<World, "order" | "refund"> {
  return {
    async order(customerId, id, at, minor) {
      await inScope(scope, async ({ db }) => {
        await db.order.create({
          data: {
            merchantId,
            id,
            customerId,
            eventId: `evt_${id}`,
            occurredAt: at,
            recordedAt: at,
            currency: scope.currency,
            totalMinor: minor,
          },
        });
        await db.$executeRaw`
        UPDATE customer SET order_count = order_count + 1,
          revenue_minor = revenue_minor + ${minor},
          first_order_at = LEAST(first_order_at, ${at}::timestamptz),
          last_order_at = GREATEST(last_order_at, ${at}::timestamptz)
        WHERE merchant_id = ${merchantId} AND id = ${customerId}`;
      });
    },
    async refund(orderId, at, minor) {
      await inScope(scope, ({ db }) =>
        db.refund.create({
          data: {
            merchantId,
            eventId: next("evt"),
            orderId,
            occurredAt: at,
            recordedAt: at,
            amountMinor: minor,
            said: {},
          },
        }),
      );
    },
  };
}
