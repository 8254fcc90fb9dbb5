import { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import type { Definition } from "../metric";
import { shareReading } from "../reading";
import { factsReport } from "../report";
import { referredTable, saleTable } from "../sql";

const definition: Definition = {
  name: "referred_order_share",
  title: "Referred order share",
  formula: "Orders of referred customers, divided by all orders.",
  numerator: "Orders that referred customers placed after their referral started.",
  denominator: "Orders placed in the range.",
  window: "Day of the order.",
  exclusions: "Orders that were refunded later still count.",
  unit: "share",
  interval: "Wilson, 95%",
  better: "higher",
};

const facts = (scope: Scope) => Prisma.sql`
  ${referredTable(scope)}, ${saleTable(scope)},
  fact AS (
    SELECT n, NULL AS grp, kind, id, key, customer_id, at, 1::bigint AS x,
      referred::int::bigint AS y
    FROM sale WHERE kind = 'order'
  )`;

export const referredOrderShare = factsReport({
  definition,
  facts,
  answer: ({ all }) => shareReading(Number(all.y), Number(all.x), "no_orders"),
});
