/** What becomes of a table on a phone; see `narrow` of `Table`. */
export type Narrow = "dense" | "stack" | "scroll";

const STACKED_CELL =
  "max-sm:flex max-sm:h-auto max-sm:items-baseline max-sm:justify-between max-sm:gap-4 " +
  "max-sm:border-0 max-sm:px-0 max-sm:py-1 max-sm:text-right max-sm:first:pl-0 max-sm:last:pr-0 " +
  "max-sm:empty:hidden max-sm:before:shrink-0 max-sm:before:text-ink-muted " +
  "max-sm:before:content-[attr(data-label)]";

const STACKED_LEAD =
  "max-sm:order-first max-sm:block max-sm:h-auto max-sm:border-0 max-sm:px-0 max-sm:py-1 " +
  "max-sm:text-left max-sm:text-[0.9375rem] max-sm:first:pl-0";

/**
 * Two lines: the name with what stands across from it, then everything else in a row. The break
 * between them is a box of its own.
 */
const DENSE_ROW =
  "max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:border-b " +
  "max-sm:border-line max-sm:px-5 max-sm:py-2.5 max-sm:last:border-0 max-sm:after:order-2 " +
  "max-sm:after:h-0 max-sm:after:basis-full max-sm:after:content-['']";

const DENSE_CELL =
  "max-sm:h-auto max-sm:border-0 max-sm:p-0 max-sm:first:pl-0 max-sm:last:pr-0 " +
  "max-sm:empty:hidden";

const DENSE_LEAD = `${DENSE_CELL} max-sm:min-w-0 max-sm:flex-1 max-sm:text-[0.9375rem]`;

const DENSE_ASIDE = `${DENSE_CELL} max-sm:order-1 max-sm:text-right`;

const DENSE_OTHER =
  `${DENSE_CELL} max-sm:order-3 max-sm:min-w-0 max-sm:text-left max-sm:text-[0.8125rem]/5 ` +
  "max-sm:text-ink-muted";

/** A bare number says nothing: its column's name stands before it. */
const DENSE_NUMBER = `${DENSE_OTHER} max-sm:before:mr-1 max-sm:before:content-[attr(data-label)]`;

const ROWS: Record<Narrow, string | undefined> = {
  dense: DENSE_ROW,
  stack:
    "max-sm:flex max-sm:flex-col max-sm:border-b max-sm:border-line max-sm:px-5 " +
    "max-sm:py-3 max-sm:last:border-0",
  scroll: undefined,
};

/** The classes of a row on a phone. */
export const rowOnPhone = (narrow: Narrow): string | undefined => ROWS[narrow];

/** The classes of a sum's cell, below rows of two lines as below cards. */
export const footOnPhone = (isLead: boolean): string => (isLead ? STACKED_LEAD : STACKED_CELL);

type Cell = { selects?: boolean; aside?: boolean; acts?: boolean; numeric?: boolean };

/** The classes of a cell on a phone. @param isLead whether it names the row */
export function cellOnPhone(narrow: Narrow, column: Cell, isLead: boolean): string | undefined {
  if (narrow === "scroll") return undefined;
  if (narrow === "stack") return isLead ? STACKED_LEAD : STACKED_CELL;
  if (isLead) return DENSE_LEAD;
  if (column.selects) return DENSE_CELL;
  if (column.aside) return DENSE_ASIDE;
  if (column.acts) return `${DENSE_CELL} max-sm:order-3 max-sm:ml-auto`;
  return column.numeric ? DENSE_NUMBER : DENSE_OTHER;
}
