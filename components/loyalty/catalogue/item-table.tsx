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

type CatalogueTableProps = {
  items: Item[];
  /** Address of the catalogue. */
  listHref: string;
  currency: string;
  empty: ReactNode;
  /** Null for who may only look. */
  actions: { move: FormAction<null>; setState: FormAction<null> } | null;
  /** Whether the order shown is the catalogue's, and can be changed. */
  ordered: boolean;
};

/** Everything that points buy, in the merchant's order. */
export function CatalogueTable({
  items,
  listHref,
  currency,
  empty,
  actions,
  ordered,
}: CatalogueTableProps) {
  return (
    <Table
      caption="Catalogue"
      rows={items}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `${listHref}/${id}`}
      empty={empty}
      columns={[
        {
          key: "item",
          header: "Item",
          primary: true,
          cell: ({ icon, color, name, worth, state }) => (
            <span className="inline-flex items-center gap-3">
              <CatalogueIcon icon={icon} color={color} size="sm" muted={state !== "active"} />
              <span className="min-w-0">
                <span className="block">{name.en}</span>
                {itemWorthText(worth, currency) === name.en ? null : (
                  <span className="block text-[0.8125rem]/5 font-normal text-ink-muted">
                    {itemWorthText(worth, currency)}
                  </span>
                )}
              </span>
            </span>
          ),
        },
        {
          key: "points",
          header: "Points",
          numeric: true,
          cell: ({ pricePoints }) => numberText(Number(pricePoints)),
        },
        {
          key: "for",
          header: "For",
          cell: ({ tierId, tierName, perPerson }) => (
            <span className="inline-block text-ink-muted">
              {tierId === null
                ? "Everyone"
                : tierName === null
                  ? "A tier that is gone"
                  : `${tierName} and up`}
              {perPerson === null ? null : (
                <span className="block text-[0.8125rem]/5">{perPerson} each</span>
              )}
            </span>
          ),
        },
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
        {
          key: "state",
          header: "State",
          cell: ({ state, left, tierId, tierName }) =>
            state !== "active" ? (
              <StatusPill>Off</StatusPill>
            ) : left === 0 ? (
              <StatusPill tone="warn">Sold out</StatusPill>
            ) : tierId !== null && tierName === null ? (
              <StatusPill tone="warn">Nobody can buy it</StatusPill>
            ) : (
              <StatusPill tone="good">On offer</StatusPill>
            ),
        },
        ...(actions
          ? [
              {
                key: "actions",
                header: <span className="sr-only">Change</span>,
                numeric: true,
                cell: ({ id, state, name }: Item) => (
                  <span className="inline-flex items-center gap-1">
                    {ordered ? (
                      <>
                        <ActionButton
                          action={actions.move}
                          fields={{ itemId: id, direction: "up" }}
                          done={`Moved “${name.en}” up.`}
                          variant="quiet"
                          size="sm"
                          aria-label={`Move ${name.en} up`}
                          icon={<ArrowUp aria-hidden="true" />}
                        />
                        <ActionButton
                          action={actions.move}
                          fields={{ itemId: id, direction: "down" }}
                          done={`Moved “${name.en}” down.`}
                          variant="quiet"
                          size="sm"
                          aria-label={`Move ${name.en} down`}
                          icon={<ArrowDown aria-hidden="true" />}
                        />
                      </>
                    ) : null}
                    <ActionButton
                      action={actions.setState}
                      variant="quiet"
                      size="sm"
                      fields={{ itemId: id, state: state === "active" ? "disabled" : "active" }}
                      done={
                        state === "active"
                          ? `“${name.en}” is no longer offered.`
                          : `“${name.en}” is on offer.`
                      }
                    >
                      {state === "active" ? "Take off" : "Put back"}
                    </ActionButton>
                  </span>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
