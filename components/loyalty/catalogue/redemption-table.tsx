import type { ReactNode } from "react";
import { Person } from "@/components/customer/person";
import { ReasonDialog } from "@/components/forms/reason-dialog";
import { StatusPill } from "@/components/ui/content/badge";
import { Button, TextLink } from "@/components/ui/controls/button";
import { DateTime } from "@/components/ui/content/display";
import { numberText } from "@/components/ui/format";
import { type Column, Table } from "@/components/ui/content/table";
import { CatalogueIcon } from "./item-icon";
import { pointsText } from "../words";
import type { FormAction } from "@/lib/core/action-result";
import type { RedemptionRow } from "@/lib/loyalty/catalogue/queries";
import type { AdminPaths } from "@/lib/merchants/paths";

type RedemptionTableProps = {
  rows: RedemptionRow[];
  /** Address of the shop's dashboard. */
  admin: AdminPaths;
  timeZone: string;
  without?: readonly ("customer" | "item")[];
  empty?: ReactNode;
  /** Null for who may only look. */
  cancel: FormAction<null> | null;
};

/** Who got what for their points; each leads to the receipt of what was got. */
export function CatalogueRedemptionTable({
  rows,
  admin,
  timeZone,
  without = [],
  empty,
  cancel,
}: RedemptionTableProps) {
  const columns: Column<RedemptionRow>[] = [
    {
      key: "item",
      header: "Item",
      primary: true,
      cell: ({ icon, color, itemName, couponCode }) => (
        <span className="inline-flex items-center gap-3">
          <CatalogueIcon icon={icon} color={color} size="sm" />
          <span className="min-w-0">
            <span className="block">{itemName.en}</span>
            {couponCode ? (
              <span className="block font-mono text-[0.8125rem]/5 font-normal text-ink-muted">
                {couponCode}
              </span>
            ) : null}
          </span>
        </span>
      ),
    },
    {
      key: "customer",
      header: "Customer",
      primary: without.includes("item"),
      cell: (row) => (
        <TextLink href={admin.customer(row.customerId)}>
          <Person
            person={{
              name: row.customerName,
              email: row.customerEmail,
              externalId: row.customerExternalId,
            }}
          />
        </TextLink>
      ),
    },
    {
      key: "points",
      header: "Points",
      numeric: true,
      cell: ({ points }) => numberText(Number(points)),
    },
    {
      key: "at",
      header: "When",
      cell: ({ at }) => <DateTime value={at} timeZone={timeZone} look="dateTime" />,
    },
    {
      key: "state",
      header: "State",
      cell: (row) => (
        <span>
          <RedemptionState row={row} />
          {row.reason || row.cancelledBy ? (
            <span className="mt-1 block text-[0.8125rem]/5 text-ink-muted">
              {row.reason ?? "By the customer"}
              {row.reason ? `, ${row.cancelledBy}` : null}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      key: "receipt",
      header: "Receipt",
      cell: ({ rewardId }) => <TextLink href={admin.reward(rewardId)}>Show</TextLink>,
    },
  ];
  if (cancel) {
    columns.push({
      key: "cancel",
      header: <span className="sr-only">Cancel</span>,
      numeric: true,
      cell: (row) =>
        row.staffRefusal === null ? (
          <ReasonDialog
            action={cancel}
            fields={{ redemptionId: row.id }}
            title={`Cancel “${row.itemName.en}”?`}
            description={`${pointsText(row.points)} go back to the lots that they came from, and what was got is taken back.${row.couponCode ? " The code becomes void; take it out of your shop as well if it stands there." : ""}`}
            hint="The customer reads it."
            confirmLabel="Cancel the redemption"
            done="Cancelled. The points are back."
            trigger={
              <Button size="sm" variant="quiet">
                Cancel
              </Button>
            }
          />
        ) : null,
    });
  }
  return (
    <Table
      caption="Redemptions"
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={columns.filter(({ key }) => !(without as readonly string[]).includes(key))}
    />
  );
}

function RedemptionState({ row: { state, rewardState } }: { row: RedemptionRow }) {
  if (state === "cancelled") return <StatusPill tone="bad">Cancelled</StatusPill>;
  if (rewardState === "available") return <StatusPill tone="warn">To hand over</StatusPill>;
  if (rewardState === "used") return <StatusPill>Used</StatusPill>;
  if (rewardState === "expired") return <StatusPill>Ran out</StatusPill>;
  if (rewardState === "voided" || rewardState === "reversed")
    return <StatusPill tone="bad">Withdrawn</StatusPill>;
  return <StatusPill tone="good">Handed out</StatusPill>;
}
