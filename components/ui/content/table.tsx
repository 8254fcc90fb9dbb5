import { Link } from "@/components/ui/controls/link";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { cellOnPhone, footOnPhone, type Narrow, rowOnPhone } from "./table-on-phone";

export type Column<Row> = {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers and money: right-aligned, digits of one width. */
  numeric?: boolean;
  /**
   * The cell that names the row: it leads the stacked card on a phone. Defaults to the first
   * column.
   */
  primary?: boolean;
  /** Holds the box that selects the row: in a dense row it stays before the name. */
  selects?: boolean;
  /** Holds the row's buttons: it stays in sight however wide the rest is. */
  acts?: boolean;
  /** Left out on phones when the row can do without it. */
  secondary?: boolean;
  /** In a dense row on a phone: at the right of the first line, across from the name. */
  aside?: boolean;
  /** A CSS width, such as `12rem`. */
  width?: string;
};

type TableProps<Row> = {
  /** Names the table for screen readers. */
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Makes the primary cell the row's link; the whole row takes the pointer. */
  rowHref?: (row: Row) => string;
  /** Shown instead of rows. */
  empty?: ReactNode;
  /**
   * On a phone: `dense` makes a row two lines, for lists; `stack` turns it into a card with a line
   * for each cell; `scroll` keeps the grid and scrolls inside its own region.
   */
  narrow?: Narrow;
  /** Extra rows under the body, such as a sum. One cell per column key. */
  footer?: Partial<Record<string, ReactNode>>;
  /** The height beyond which the body scrolls under its head, such as `28rem`. */
  maxHeight?: string;
};

/** For text in a cell that may be one long word, such as an email address. */
export const WRAPPED_CELL =
  "inline-block align-middle [overflow-wrap:anywhere] sm:max-w-60 sm:min-w-36";

function primaryKey<Row>(columns: Column<Row>[]): string | undefined {
  return (columns.find((column) => column.primary) ?? columns[0])?.key;
}

/**
 * A dense table for `<Card flush>`. A server component: cells are rendered on the server. The roles
 * repeat what the elements are, because browsers drop it once a row is laid out as a card.
 */
export function Table<Row>(props: TableProps<Row>) {
  const {
    caption,
    columns,
    rows,
    rowKey,
    rowHref,
    empty,
    narrow = "stack",
    footer,
    maxHeight,
  } = props;
  const lead = primaryKey(columns);
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <div
      role="region"
      aria-label={caption}
      data-dense={narrow === "dense" ? "" : undefined}
      tabIndex={0}
      style={maxHeight ? { maxHeight } : undefined}
      className="relative overflow-auto -outline-offset-2"
    >
      <table
        role="table"
        className={cx(
          "w-full border-separate border-spacing-0 text-sm",
          narrow !== "scroll" && "max-sm:block",
        )}
      >
        <caption className="sr-only">{caption}</caption>
        <TableHead columns={columns} narrow={narrow} />
        <tbody role="rowgroup" className={narrow === "scroll" ? undefined : "max-sm:block"}>
          {rows.map((row) => (
            <TableRow
              key={rowKey(row)}
              row={row}
              columns={columns}
              lead={lead}
              narrow={narrow}
              href={rowHref?.(row)}
            />
          ))}
        </tbody>
        {footer ? (
          <TableFoot columns={columns} lead={lead} footer={footer} narrow={narrow} />
        ) : null}
      </table>
    </div>
  );
}

type HeadProps<Row> = { columns: Column<Row>[]; narrow: Narrow };

function TableHead<Row>({ columns, narrow }: HeadProps<Row>) {
  return (
    <thead role="rowgroup" className={narrow === "scroll" ? undefined : "max-sm:sr-only"}>
      <tr role="row">
        {columns.map((column) => (
          <th
            key={column.key}
            role="columnheader"
            scope="col"
            style={column.width ? { width: column.width } : undefined}
            className={cx(
              "sticky top-0 z-10 h-10 border-b border-line bg-surface px-4 text-xs " +
                "font-medium whitespace-nowrap text-ink-muted first:pl-5 last:pr-5",
              column.numeric ? "text-right" : "text-left",
              column.acts && IN_SIGHT,
            )}
          >
            {column.header}
          </th>
        ))}
      </tr>
    </thead>
  );
}

type FootProps<Row> = HeadProps<Row> & {
  lead?: string;
  footer: Partial<Record<string, ReactNode>>;
};

function TableFoot<Row>({ columns, lead, footer, narrow }: FootProps<Row>) {
  const isGrid = narrow === "scroll";
  return (
    <tfoot role="rowgroup" className={isGrid ? undefined : "max-sm:block"}>
      <tr
        role="row"
        className={isGrid ? undefined : "max-sm:flex max-sm:flex-col max-sm:px-5 max-sm:py-3"}
      >
        {columns.map((column) => (
          <td
            key={column.key}
            role="cell"
            data-label={typeof column.header === "string" ? column.header : undefined}
            className={cx(
              "h-11 px-4 font-semibold first:pl-5 last:pr-5",
              column.numeric && "figure text-right",
              !isGrid && footOnPhone(column.key === lead),
            )}
          >
            {footer[column.key]}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

/**
 * The row's link covers the row, so other controls are raised above it. A checkbox lies in its
 * label, which is raised.
 */
const ABOVE_ROW_LINK =
  "[&_:is(a,button,input:not([type=checkbox]),label,summary)]:relative " +
  "[&_:is(a,button,input,label,summary)]:z-1";

/** At the right edge of what is scrolled, over what lies below. */
const IN_SIGHT = "sm:sticky sm:right-0 sm:z-2 sm:bg-surface";

type RowProps<Row> = {
  row: Row;
  columns: Column<Row>[];
  lead?: string;
  narrow: Narrow;
  href?: string;
};

function TableRow<Row>({ row, columns, lead, narrow, href }: RowProps<Row>) {
  return (
    <tr
      role="row"
      className={cx("group relative", href && "hover:bg-sunken/60", rowOnPhone(narrow))}
    >
      {columns.map((column) => {
        const isLead = column.key === lead;
        const content = column.cell(row);
        return (
          <td
            key={column.key}
            role="cell"
            data-label={typeof column.header === "string" ? column.header : undefined}
            className={cx(
              "h-12 border-b border-line px-4 py-2 align-middle first:pl-5 last:pr-5 " +
                "group-last:border-b-0",
              column.numeric && "figure text-right",
              isLead && "font-medium",
              cellOnPhone(narrow, column, isLead),
              column.secondary && "max-sm:hidden",
              column.acts && IN_SIGHT,
              href && !isLead && ABOVE_ROW_LINK,
            )}
          >
            {isLead && href ? (
              <Link
                href={href}
                className={cx(
                  "rounded-sm -outline-offset-1 after:absolute after:inset-0 hover:underline",
                )}
              >
                {content}
              </Link>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}
