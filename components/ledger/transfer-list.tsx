import type { ReactNode } from "react";
import type { NamedTransfer } from "@/lib/ledger/queries/list-transfers";
import { TextLink } from "@/components/ui/controls/button";
import { Code, DateTime } from "@/components/ui/content/display";
import { Table } from "@/components/ui/content/table";
import { AssetAmount } from "./asset-amount";
import { KIND_WORDS } from "./words";
import type { AdminPaths } from "@/lib/merchants/paths";

type TransferListProps = {
  rows: NamedTransfer[];
  admin: AdminPaths;
  timeZone: string;
  empty: ReactNode;
};

/** Every transfer with both of its sides, what caused it and who made it. */
export function TransferList({ rows, admin, timeZone, empty }: TransferListProps) {
  return (
    <Table
      caption="Ledger transfers"
      narrow="dense"
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: "what",
          header: "What",
          primary: true,
          cell: ({ memo, causeKey, rewardId }) => (
            <span className="flex flex-col gap-0.5">
              {rewardId ? (
                <TextLink href={admin.reward(rewardId)}>{memo}</TextLink>
              ) : (
                <span>{memo}</span>
              )}
              <span className="max-w-full text-xs break-all text-ink-muted sm:max-w-56">
                <Code>{causeKey}</Code>
              </span>
            </span>
          ),
        },
        {
          key: "from",
          header: "From",
          cell: ({ from, fromName }) => <Side account={from} name={fromName} admin={admin} />,
        },
        {
          key: "to",
          header: "To",
          cell: ({ to, toName }) => <Side account={to} name={toName} admin={admin} />,
        },
        { key: "by", header: "By", secondary: true, cell: ({ actor }) => actor },
        {
          key: "at",
          header: "When",
          cell: ({ recordedAt }) => (
            <DateTime value={recordedAt} timeZone={timeZone} look="dateTime" />
          ),
        },
        {
          key: "amount",
          header: "Amount",
          numeric: true,
          aside: true,
          cell: ({ amount }) => <AssetAmount value={amount} />,
        },
      ]}
    />
  );
}

function Side({
  account: { kind, ownerId },
  name,
  admin,
}: {
  account: NamedTransfer["from"];
  name: string | null;
  admin: AdminPaths;
}) {
  return (
    <span className="flex flex-col gap-0.5">
      <span>{KIND_WORDS[kind].label}</span>
      <span className="text-xs text-ink-muted">
        {ownerId.startsWith("cus_") ? (
          <TextLink href={admin.customer(ownerId)}>{name ?? ownerId}</TextLink>
        ) : (
          (name ?? "Your shop")
        )}
      </span>
    </span>
  );
}
