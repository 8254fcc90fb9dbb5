import { Code, DateTime, Money } from "@/components/ui/content/display";
import { Table } from "@/components/ui/content/table";
import type { Asset } from "@/lib/core/money";
import type { CustomerOrder } from "@/lib/events/queries/events";

type OrderTableProps = {
  orders: CustomerOrder[];
  asset: Asset;
  timeZone: string;
  eventHref: (eventId: string) => string;
};

/** Orders with what was refunded of each, and what is left. */
export function OrderTable({ orders, asset, timeZone, eventHref }: OrderTableProps) {
  return (
    <Table
      caption="Orders"
      rows={orders}
      rowKey={(order) => order.id}
      rowHref={(order) => eventHref(order.eventId)}
      columns={[
        { key: "order", header: "Order", primary: true, cell: (order) => order.id },
        {
          key: "at",
          header: "Date",
          cell: (order) => (
            <DateTime value={order.occurredAt} timeZone={timeZone} look="dateTime" />
          ),
        },
        {
          key: "code",
          header: "Code used",
          cell: (order) => (order.discountCode ? <Code>{order.discountCode}</Code> : null),
        },
        {
          key: "total",
          header: "Total",
          numeric: true,
          cell: (order) => <Money value={{ minor: order.totalMinor, asset }} />,
        },
        {
          key: "refunded",
          header: "Refunded",
          numeric: true,
          cell: (order) =>
            order.refunds.length > 0 ? (
              <span>
                <Money value={{ minor: order.refundedMinor, asset }} />
                <span className="block text-[0.8125rem]/5 text-ink-muted">
                  {order.refunds.length === 1 ? (
                    <DateTime value={order.refunds[0]!.occurredAt} timeZone={timeZone} />
                  ) : (
                    `${order.refunds.length} refunds`
                  )}
                </span>
              </span>
            ) : null,
        },
        {
          key: "left",
          header: "Net",
          numeric: true,
          cell: (order) => (
            <Money value={{ minor: order.totalMinor - order.refundedMinor, asset }} />
          ),
        },
      ]}
    />
  );
}
