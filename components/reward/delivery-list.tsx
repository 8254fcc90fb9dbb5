"use client";

import { type KeyboardEvent, type ReactNode, type RefObject, useRef, useState } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { Button } from "@/components/ui/controls/button";
import { Checkbox } from "@/components/ui/controls/choice";
import { Kbd } from "@/components/ui/content/display";
import { cx } from "@/components/ui/cx";
import { type Column, Table } from "@/components/ui/content/table";
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
  action: FormAction<Delivered> | null;
  withProgram: boolean;
};

/**
 * What waits for delivery, to be marked one by one or many at once. From the keyboard: up and down
 * move, Space selects, Shift with it selects all between, Enter asks to mark the selection.
 */
export function DeliveryList({ items, action, withProgram }: DeliveryListProps) {
  const list = useRef<HTMLDivElement>(null);
  const selection = useSelection(items, list);
  const { asking, ask } = selection;
  const about = items.filter(({ id }) => asking.includes(id));
  const [only] = about;
  return (
    <div ref={list}>
      {action ? <SelectionBar items={items} selection={selection} /> : null}
      <Table
        caption="To deliver"
        rows={items}
        rowKey={(item) => item.id}
        rowHref={(item) => item.href}
        columns={[
          ...(action ? [selectColumn(selection)] : []),
          ...factColumns(withProgram),
          ...(action ? [actionColumn((id) => ask([id]))] : []),
        ]}
      />
      {action && only ? (
        <DeliverDialog
          open
          onOpenChange={(open) => !open && ask([])}
          action={action}
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

type Selection = ReturnType<typeof useSelection>;

/** Which of the items are selected, and which are about to be marked. */
function useSelection(items: DeliveryItem[], list: RefObject<HTMLDivElement | null>) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, ask] = useState<readonly string[]>([]);
  const last = useRef<string | null>(null);
  const chosen = items.filter(({ id }) => selected.has(id));

  const select = (id: string, on: boolean, through: boolean) => {
    const from = items.findIndex((item) => item.id === (through ? last.current : id));
    const to = items.findIndex((item) => item.id === id);
    const between = items.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1);
    setSelected((before) => {
      const after = new Set(before);
      for (const item of between)
        if (on) after.add(item.id);
        else after.delete(item.id);
      return after;
    });
    last.current = id;
  };
  const selectAll = (on: boolean) => setSelected(new Set(on ? items.map(({ id }) => id) : []));
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && chosen.length > 0) {
      event.preventDefault();
      return ask(chosen.map(({ id }) => id));
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const boxes = [
      ...(list.current?.querySelectorAll<HTMLInputElement>("input[type=checkbox]") ?? []),
    ];
    boxes[boxes.indexOf(event.currentTarget) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  };
  return { selected, chosen, select, selectAll, onKeyDown, asking, ask };
}

function SelectionBar({ items, selection }: { items: DeliveryItem[]; selection: Selection }) {
  const { chosen, selectAll, onKeyDown, ask } = selection;
  return (
    <div
      className={cx(
        "flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-2",
        "border-b border-line px-5 py-2",
      )}
    >
      <Checkbox
        label={
          chosen.length > 0
            ? `${chosen.length} of ${items.length} selected`
            : "Select all on this page"
        }
        checked={items.length > 0 && chosen.length === items.length}
        onKeyDown={onKeyDown}
        onChange={(event) => selectAll(event.currentTarget.checked)}
      />
      <span className="hidden items-center gap-1.5 text-xs text-ink-muted lg:inline-flex">
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd> move <Kbd>Space</Kbd> select <Kbd>Enter</Kbd> mark as delivered
      </span>
      <Button
        size="sm"
        variant="primary"
        disabled={chosen.length === 0}
        onClick={() => ask(chosen.map(({ id }) => id))}
      >
        Mark selected as delivered…
      </Button>
    </div>
  );
}

function selectColumn({ selected, select, onKeyDown }: Selection): Column<DeliveryItem> {
  return {
    key: "select",
    header: <span className="sr-only">Select</span>,
    width: "3rem",
    cell: (item) => (
      <Checkbox
        label={
          <span className="sm:sr-only">
            Select
            <span className="sr-only">
              {" "}
              {item.what} for {item.who}
            </span>
          </span>
        }
        checked={selected.has(item.id)}
        onKeyDown={onKeyDown}
        onChange={(event) =>
          select(
            item.id,
            event.currentTarget.checked,
            (event.nativeEvent as MouseEvent).shiftKey === true,
          )
        }
      />
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
    { key: "expires", header: "Due by", cell: (item) => item.expires },
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
