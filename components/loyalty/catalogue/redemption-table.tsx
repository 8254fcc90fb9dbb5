import type { ReactNode } from "react";
import { Person } from "@/components/customer/person";
import { ReasonDialog } from "@/components/forms/reason-dialog";
import { StatusPill } from "@/components/ui/content/badge";
import { cx } from "@/components/ui/cx";
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
  /** The keys of columns to leave out: what the page shows already, or nobody wants to see. */
  without?: readonly string[];
  empty?: ReactNode;
  /** Null for members who may only read. */
  cancel: FormAction<null> | null;
};

/** Redemptions, each with its receipt and, for those who may, a way to cancel it. */
export function RedemptionTable({
  rows,
  admin,
  timeZone,
  without = [],
  empty,
  cancel,
}: RedemptionTableProps) {
  const columns: Column<RedemptionRow>[] = [
    { key: "item", header: "Item", primary: true, cell: (row) => <RedeemedItem row={row} /> },
    {
      key: "customer",
      header: "Customer",
      primary: without.includes("item"),
      cell: (row) => <Buyer row={row} href={admin.customer(row.customerId)} />,
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
    { key: "state", header: "Status", cell: (row) => <RedemptionStatus row={row} /> },
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
      acts: true,
      numeric: true,
      cell: (row) =>
        row.staffRefusal === null ? <CancelDialog row={row} cancel={cancel} /> : null,
    });
  }
  return (
    <Table
      caption="Redemptions"
      narrow="dense"
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={columns.filter(({ key }) => !without.includes(key))}
    />
  );
}

function RedeemedItem({ row: { icon, color, itemName, couponCode } }: { row: RedemptionRow }) {
  return (
    <span className="inline-flex items-center gap-3">
      <CatalogueIcon icon={icon} color={color} size="sm" />
      <span className="min-w-0">
        <span className="block">{itemName.en}</span>
        {couponCode ? (
          <span
            className={cx(
              "block font-mono text-[0.8125rem]/5 font-normal whitespace-nowrap",
              "text-ink-muted",
            )}
          >
            {couponCode}
          </span>
        ) : null}
      </span>
    </span>
  );
}

function Buyer({ row, href }: { row: RedemptionRow; href: string }) {
  const { customerName: name, customerEmail: email, customerExternalId: externalId } = row;
  return (
    <TextLink href={href}>
      <Person person={{ name, email, externalId }} />
    </TextLink>
  );
}

function RedemptionStatus({ row }: { row: RedemptionRow }) {
  const { reason, cancelledBy } = row;
  return (
    <span>
      <StatusOf row={row} />
      {reason || cancelledBy ? (
        <span className="mt-1 block text-[0.8125rem]/5 text-ink-muted">
          {reason ? `${reason}, ${cancelledBy}` : "By the customer"}
        </span>
      ) : null}
    </span>
  );
}

function StatusOf({ row: { state, rewardState } }: { row: RedemptionRow }) {
  if (state === "cancelled") return <StatusPill tone="bad">Cancelled</StatusPill>;
  if (rewardState === "available") return <StatusPill tone="warn">To deliver</StatusPill>;
  if (rewardState === "used") return <StatusPill>Used</StatusPill>;
  if (rewardState === "expired") return <StatusPill>Expired</StatusPill>;
  if (rewardState === "voided") return <StatusPill tone="bad">Voided</StatusPill>;
  if (rewardState === "reversed") return <StatusPill tone="bad">Reversed</StatusPill>;
  return <StatusPill tone="good">Issued</StatusPill>;
}

function CancelDialog({ row, cancel }: { row: RedemptionRow; cancel: FormAction<null> }) {
  const voided = row.couponCode
    ? " The code becomes void; remove it from your shop too if you added it there."
    : "";
  return (
    <ReasonDialog
      action={cancel}
      fields={{ redemptionId: row.id }}
      title={`Cancel “${row.itemName.en}”?`}
      description={`The customer gets ${pointsText(row.points)} back.${voided}`}
      hint="The customer sees it."
      confirmLabel="Cancel redemption"
      done="Redemption cancelled. The points are back."
      trigger={
        <Button size="sm" variant="quiet">
          Cancel
        </Button>
      }
    />
  );
}
