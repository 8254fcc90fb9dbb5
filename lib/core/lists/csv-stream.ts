import type { Page } from "../paging";
import { csvHead, csvLine } from "../values/csv";

/** Text that is made only as fast as it is read, and no further once its reader has gone. */
export function streamText(lines: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await lines.return()),
  });
}

type Cell = string | number | boolean | Date | null;

/** What stands in each column of a file, by the column's name. */
export type CsvColumns<Row> = Record<string, (row: Row) => Cell>;

/** How many rows are read at a time. */
const PAGE = 200;

/**
 * A whole list as CSV, page by page, as its filter chooses: what a page of the dashboard shows, to
 * its end. Moments are in ISO 8601, UTC.
 * @param list reads a page of the list
 */
export async function* csvOfList<Row, Filter extends { cursor?: string; limit: number }>(
  columns: CsvColumns<Row>,
  filter: Filter,
  list: (filter: Filter) => Promise<Page<Row>>,
): AsyncGenerator<string, void> {
  const cells = Object.values(columns);
  yield csvHead(Object.keys(columns));
  let cursor: string | undefined;
  do {
    const { rows, nextCursor } = await list({ ...filter, cursor, limit: PAGE });
    if (rows.length > 0)
      yield rows.map((row) => csvLine(cells.map((cell) => written(cell(row))))).join("");
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function written(cell: Cell): string | number | null {
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return cell;
}
