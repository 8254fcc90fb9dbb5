/** Tells spreadsheets that the file is UTF-8: without it they read "Zoë" in the letters of 1990. */
const BYTE_ORDER_MARK = "\ufeff";

type Cells = readonly (string | number | null)[];

/** The first line of a file of CSV: every file begins with its columns. */
export function csvHead(columns: readonly string[]): string {
  return BYTE_ORDER_MARK + csvLine(columns);
}

/**
 * A line of CSV (RFC 4180) with its line break. A text that a spreadsheet would take for a formula
 * gets an apostrophe before it: names and order ids are what strangers typed. The same wherever a
 * cell would begin for a spreadsheet that divides lines at semicolons or tabs, as it does by
 * default in much of Europe: quotes in the middle of such a cell protect nothing. Numbers stay
 * numbers, but for one below 0 at the beginning of a line: to such a reader the rest of the line
 * belongs to it.
 */
export function csvLine(cells: Cells): string {
  const [first = "", ...rest] = cells.map(csvCell);
  const begin = first.startsWith("-") && rest.length > 0 ? `'${first}` : first;
  return `${[begin, ...rest].join(",")}\r\n`;
}

const NUMBER = /^-?\d+(\.\d+)?$/;
/** Where a cell begins for one reader or another, if what follows makes it a formula. */
const FORMULA =
  /(?<=^|[;\t\r\n])(?=[\s"\p{Cc}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|^[\t\r\n])/gu;

function csvCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const safe = NUMBER.test(cell) ? cell : cell.replace(FORMULA, "'");
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
