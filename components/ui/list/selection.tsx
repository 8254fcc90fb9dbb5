"use client";

import { type KeyboardEvent, type ReactNode, type RefObject, useRef, useState } from "react";
import { Checkbox } from "@/components/ui/controls/choice";
import { cx } from "@/components/ui/cx";

export type Selection = {
  selected: ReadonlySet<string>;
  /** Those of the list that are selected, in its order. */
  chosen: readonly string[];
  select: (id: string, on: boolean, through: boolean) => void;
  selectAll: (on: boolean) => void;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
};

/**
 * Which rows of a list are selected. From the keyboard: up and down move from box to box, Space
 * selects, Shift with it selects all between, Enter does what the list is for.
 * @param ids of the rows, in their order
 * @param list what holds the boxes
 * @param onEnter is called with what is selected
 */
export function useSelection(
  ids: readonly string[],
  list: RefObject<HTMLElement | null>,
  onEnter: (chosen: readonly string[]) => void,
): Selection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const chosen = ids.filter((id) => selected.has(id));

  const select = (id: string, on: boolean, through: boolean) => {
    const to = ids.indexOf(id);
    const from = through && last.current !== null ? ids.indexOf(last.current) : to;
    const between = ids.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1);
    setSelected((before) => {
      const after = new Set(before);
      for (const one of between)
        if (on) after.add(one);
        else after.delete(one);
      return after;
    });
    last.current = id;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && chosen.length > 0) {
      event.preventDefault();
      return onEnter(chosen);
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const boxes = [
      ...(list.current?.querySelectorAll<HTMLInputElement>("input[type=checkbox]") ?? []),
    ];
    boxes[boxes.indexOf(event.currentTarget) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  };
  const selectAll = (on: boolean) => setSelected(new Set(on ? ids : []));
  return { selected, chosen, select, selectAll, onKeyDown };
}

type SelectionBarProps = {
  count: number;
  selection: Selection;
  /** Which keys do what, on wide screens. */
  hint?: ReactNode;
  /** What can be done with the selection. */
  children: ReactNode;
};

/** Above a list: the box for all of it, and what can be done with what is selected. */
export function SelectionBar({ count, selection, hint, children }: SelectionBarProps) {
  const { chosen, selectAll, onKeyDown } = selection;
  return (
    <div
      className={cx(
        "flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-2",
        "border-b border-line px-5 py-2",
      )}
    >
      <Checkbox
        label={
          chosen.length > 0 ? `${chosen.length} of ${count} selected` : "Select all on this page"
        }
        checked={count > 0 && chosen.length === count}
        onKeyDown={onKeyDown}
        onChange={(event) => selectAll(event.currentTarget.checked)}
      />
      {hint ? (
        <span className="hidden items-center gap-1.5 text-xs text-ink-muted lg:inline-flex">
          {hint}
        </span>
      ) : null}
      <div className="flex flex-wrap gap-2">{children}</div>
    </div>
  );
}

/** The box of one row. @param name what it selects, for screen readers */
export function SelectBox({
  id,
  name,
  selection,
}: {
  id: string;
  name: string;
  selection: Selection;
}) {
  return (
    <Checkbox
      label={<span className="sr-only">Select {name}</span>}
      checked={selection.selected.has(id)}
      onKeyDown={selection.onKeyDown}
      onChange={(event) =>
        selection.select(
          id,
          event.currentTarget.checked,
          (event.nativeEvent as MouseEvent).shiftKey === true,
        )
      }
    />
  );
}
