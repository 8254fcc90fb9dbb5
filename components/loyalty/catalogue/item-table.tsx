import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "@/components/forms/action-button";
import { StatusPill } from "@/components/ui/content/badge";
import { numberText } from "@/components/ui/format";
import { Table } from "@/components/ui/content/table";
import { CatalogueIcon } from "./item-icon";
import { itemWorthText } from "./item-words";
import type { FormAction } from "@/lib/core/action-result";
import type { Item } from "@/lib/loyalty/catalogue/queries";

type ItemActions = { move: FormAction<null>; setState: FormAction<null> };

type ItemTableProps = {
  items: Item[];
  /** Address of the catalogue. */
  itemHref: (id: string) => string;
  currency: string;
  empty: ReactNode;
  /** Null for members who may only read. */
  actions: ItemActions | null;
  /** Whether the rows are in the catalogue's own order, which can then be changed. */
  ordered: boolean;
};

/** The catalogue in the merchant's order. */
export function ItemTable({ items, itemHref, currency, empty, actions, ordered }: ItemTableProps) {
  return (
    <Table
      caption="Catalogue"
      rows={items}
      rowKey={({ id }) => id}
      rowHref={({ id }) => itemHref(id)}
      empty={empty}
      columns={[
        {
          key: "item",
          header: "Item",
          primary: true,
          cell: (item) => <ItemName item={item} worth={itemWorthText(item.worth, currency)} />,
        },
        {
          key: "points",
          header: "Points",
          numeric: true,
          cell: ({ pricePoints }) => numberText(Number(pricePoints)),
        },
        { key: "for", header: "Available to", cell: (item) => <Buyers item={item} /> },
        {
          key: "redeemed",
          header: "Redeemed",
          numeric: true,
          cell: ({ redeemed }) => numberText(redeemed),
        },
        {
          key: "left",
          header: "Left",
          numeric: true,
          cell: ({ left }) =>
            left === null ? (
              <span className="whitespace-nowrap text-ink-muted">No limit</span>
            ) : (
              numberText(left)
            ),
        },
        { key: "state", header: "Status", cell: (item) => <ItemStatus item={item} /> },
        ...(actions
          ? [
              {
                key: "actions",
                header: <span className="sr-only">Actions</span>,
                acts: true,
                numeric: true,
                cell: (item: Item) => <Actions item={item} actions={actions} ordered={ordered} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function ItemName({ item: { icon, color, name, state }, worth }: { item: Item; worth: string }) {
  return (
    <span className="inline-flex items-center gap-3">
      <CatalogueIcon icon={icon} color={color} size="sm" muted={state !== "active"} />
      <span className="min-w-0">
        <span className="block">{name.en}</span>
        {worth === name.en ? null : (
          <span className="block text-[0.8125rem]/5 font-normal text-ink-muted">{worth}</span>
        )}
      </span>
    </span>
  );
}

function Buyers({ item: { tierId, tierName, perPerson } }: { item: Item }) {
  const tier = tierName === null ? "Deleted tier" : `${tierName} and up`;
  return (
    <span className="inline-block text-ink-muted">
      {tierId === null ? "Everyone" : tier}
      {perPerson === null ? null : (
        <span className="block text-[0.8125rem]/5">{perPerson} per customer</span>
      )}
    </span>
  );
}

function ItemStatus({ item: { state, left, tierId, tierName } }: { item: Item }) {
  if (state !== "active") return <StatusPill>Hidden</StatusPill>;
  if (left === 0) return <StatusPill tone="warn">Sold out</StatusPill>;
  if (tierId !== null && tierName === null)
    return <StatusPill tone="warn">Not available to anyone</StatusPill>;
  return <StatusPill tone="good">Available</StatusPill>;
}

function Actions({
  item: { id, state, name },
  actions,
  ordered,
}: {
  item: Item;
  actions: ItemActions;
  ordered: boolean;
}) {
  return (
    <span className="inline-flex items-center gap-1">
      {ordered
        ? (["up", "down"] as const).map((direction) => (
            <ActionButton
              key={direction}
              action={actions.move}
              fields={{ itemId: id, direction }}
              done={`Moved “${name.en}” ${direction}.`}
              variant="quiet"
              size="sm"
              aria-label={`Move ${name.en} ${direction}`}
              icon={
                direction === "up" ? (
                  <ArrowUp aria-hidden="true" />
                ) : (
                  <ArrowDown aria-hidden="true" />
                )
              }
            />
          ))
        : null}
      <ActionButton
        action={actions.setState}
        variant="quiet"
        size="sm"
        fields={{ itemId: id, state: state === "active" ? "disabled" : "active" }}
        done={state === "active" ? `“${name.en}” is hidden.` : `“${name.en}” is available.`}
      >
        {state === "active" ? "Hide" : "Show"}
      </ActionButton>
    </span>
  );
}
