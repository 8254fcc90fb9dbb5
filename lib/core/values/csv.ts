/**
 * A line of CSV (RFC 4180) with its line break. A text that a spreadsheet would take for a formula
 * gets an apostrophe before it: names and order ids are what strangers typed.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const safe =
    /^(?:\s*[=+\-@]|[\t\r])/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
