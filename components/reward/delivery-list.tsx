"use client";

import { type ReactNode, useRef, useState } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { Button } from "@/components/ui/controls/button";
import { Kbd } from "@/components/ui/content/display";
import { type Column, Table } from "@/components/ui/content/table";
import {
  SelectBox,
  type Selection,
  SelectionBar,
  useSelection,
} from "@/components/ui/list/selection";
import { type Delivered, DeliverDialog } from "./deliver-dialog";

/** A reward to deliver, with the texts and marks that the page made. */
export type DeliveryItem = {
  id: string;
  href: string;
  what: string;
  who: string;
  person: ReactNode;
  program: string;
  since: ReactNode;
  expires: ReactNode;
  note: string | null;
};

type DeliveryListProps = {
  items: DeliveryItem[];
  /** Null for those who may only look. */
  actions: { deliver: FormAction<Delivered>; undo: FormAction<null> } | null;
  withProgram: boolean;
};

/** What waits for delivery, to be marked one by one or many at once. */
export function DeliveryList({ items, actions, withProgram }: DeliveryListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [asking, ask] = useState<readonly string[]>([]);
  const ids = items.map(({ id }) => id);
  const selection = useSelection(ids, list, ask);
  const about = items.filter(({ id }) => asking.includes(id));
  const [only] = about;
  return (
    <div ref={list}>
      {actions ? (
        <SelectionBar count={items.length} selection={selection} hint={KEYS}>
          <Button
            size="sm"
            variant="primary"
            disabled={selection.chosen.length === 0}
            onClick={() => ask(selection.chosen)}
          >
            Mark selected as delivered…
          </Button>
        </SelectionBar>
      ) : null}
      <Table
        caption="To deliver"
        narrow="dense"
        rows={items}
        rowKey={(item) => item.id}
        rowHref={(item) => item.href}
        columns={[
          ...(actions ? [selectColumn(selection)] : []),
          ...factColumns(withProgram),
          ...(actions ? [actionColumn((id) => ask([id]))] : []),
        ]}
      />
      {actions && only ? (
        <DeliverDialog
          open
          onOpenChange={(open) => !open && ask([])}
          action={actions.deliver}
          undo={actions.undo}
          rewardIds={about.map(({ id }) => id)}
          what={about.length === 1 ? `${only.what} for ${only.who}` : summary(about)}
          note={about.length === 1 ? only.note : null}
          onDone={() => {
            selection.selectAll(false);
            ask([]);
          }}
        />
      ) : null}
    </div>
  );
}

const KEYS = (
  <>
    <Kbd>↑</Kbd>
    <Kbd>↓</Kbd> move <Kbd>Space</Kbd> select <Kbd>Enter</Kbd> mark as delivered
  </>
);

function selectColumn(selection: Selection): Column<DeliveryItem> {
  return {
    key: "select",
    header: <span className="sr-only">Select</span>,
    width: "3rem",
    selects: true,
    cell: (item) => (
      <SelectBox id={item.id} name={`${item.what} for ${item.who}`} selection={selection} />
    ),
  };
}

function factColumns(withProgram: boolean): Column<DeliveryItem>[] {
  return [
    {
      key: "what",
      header: "Reward",
      primary: true,
      cell: (item) => (
        <span className="inline-block">
          {item.what}
          {item.note ? (
            <span className="block text-[0.8125rem]/5 font-normal text-ink-muted">{item.note}</span>
          ) : null}
        </span>
      ),
    },
    { key: "who", header: "For", cell: (item) => item.person },
    ...(withProgram
      ? [
          {
            key: "program",
            header: "Program",
            secondary: true,
            cell: (item: DeliveryItem) => item.program,
          },
        ]
      : []),
    { key: "since", header: "Waiting since", cell: (item) => item.since },
    { key: "expires", header: "Due by", secondary: true, cell: (item) => item.expires },
  ];
}

function actionColumn(ask: (id: string) => void): Column<DeliveryItem> {
  return {
    key: "action",
    header: <span className="sr-only">Action</span>,
    acts: true,
    cell: (item) => (
      <Button size="sm" onClick={() => ask(item.id)}>
        Mark as delivered…
      </Button>
    ),
  };
}

/** "3 × A mug, 2 × A place at Harvest day". */
function summary(items: readonly DeliveryItem[]): string {
  const counts = new Map<string, number>();
  for (const { what } of items) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, count]) => (count === 1 ? what : `${count} × ${what}`)).join(", ");
}
