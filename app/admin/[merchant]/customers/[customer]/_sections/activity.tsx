import { OrderTable } from "@/components/customer/order-table";
import { EventTable } from "@/components/event/event-table";
import { RewardTable } from "@/components/reward/reward-table";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { withQuery } from "@/lib/core/query-string";
import { listEvents, ordersOfCustomer } from "@/lib/events/queries/events";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";
import { listRewards } from "@/lib/rewards/queries/rewards";
import { ViewAll } from "./view-all";

type PartProps = { scope: Scope; customerId: string; admin: AdminPaths };

export async function RewardsOfCustomer({ scope, customerId, admin }: PartProps) {
  const rewards = await listRewards(scope, { customer: customerId, limit: 20 });
  if (rewards.rows.length === 0) return null;
  return (
    <Card flush>
      <CardHeader
        title="Rewards"
        className="px-5 pt-5 pb-3"
        actions={
          <ViewAll href={withQuery(admin.rewards, { customer: customerId })} shown={rewards} />
        }
      />
      <RewardTable
        rows={rewards.rows}
        rewardHref={admin.reward}
        timeZone={scope.timeZone}
        without={["customer"]}
      />
    </Card>
  );
}

export async function OrdersOfCustomer({ scope, customerId, admin }: PartProps) {
  const orders = await ordersOfCustomer(scope, customerId);
  return (
    <Card flush>
      <CardHeader title="Orders" className="px-5 pt-5 pb-3" />
      {orders.length === 0 ? (
        <Empty title="No orders yet" bare>
          Purchases from your shop appear here, with their refunds.
        </Empty>
      ) : (
        <OrderTable
          orders={orders}
          asset={scope.asset}
          timeZone={scope.timeZone}
          eventHref={admin.event}
        />
      )}
    </Card>
  );
}

export async function EventsOfCustomer({ scope, customerId, admin }: PartProps) {
  const events = await listEvents(scope, { kind: "facts", customer: customerId, limit: 20 });
  return (
    <Card flush>
      <CardHeader
        title="Latest events"
        className="px-5 pt-5 pb-3"
        actions={
          <ViewAll href={withQuery(admin.events, { customer: customerId })} shown={events} />
        }
      />
      <EventTable
        rows={events.rows}
        eventHref={admin.event}
        timeZone={scope.timeZone}
        without={["customer"]}
        empty={
          <Empty title="No events yet" bare>
            What this customer does appears here.
          </Empty>
        }
      />
    </Card>
  );
}
