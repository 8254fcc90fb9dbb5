import { expect, it } from "vitest";
import { csvOfList, streamText } from "./csv-stream";

type Row = { id: number; at: Date; isNew: boolean };

/** A list of so many rows, which remembers what it was asked for. */
function listOf(count: number) {
  const asked: { cursor?: string | undefined; limit: number; search: string }[] = [];
  type Filter = { cursor?: string; limit: number; search: string };
  const list = async (filter: Filter) => {
    asked.push(filter);
    const from = Number(filter.cursor ?? 0);
    const to = Math.min(from + filter.limit, count);
    const rows = Array.from({ length: to - from }, (_, index): Row => {
      const id = from + index;
      return { id, at: new Date(Date.UTC(2026, 0, 1)), isNew: id % 2 === 0 };
    });
    return { rows, nextCursor: to < count ? String(to) : null };
  };
  return { asked, list };
}

const columns = {
  id: ({ id }: Row) => id,
  at: ({ at }: Row) => at,
  new: ({ isNew }: Row) => isNew,
};

it("writes every row under the filter, whatever page was shown", async () => {
  const { asked, list } = listOf(450);
  const file = streamText(csvOfList(columns, { cursor: "300", limit: 50, search: "x" }, list));
  const lines = (await new Response(file).text()).trimEnd().split("\r\n");
  expect(lines).toHaveLength(451);
  expect(lines.slice(0, 3)).toEqual([
    "id,at,new",
    "0,2026-01-01T00:00:00.000Z,yes",
    "1,2026-01-01T00:00:00.000Z,no",
  ]);
  expect(asked.map(({ cursor, search }) => [cursor, search])).toEqual([
    [undefined, "x"],
    ["200", "x"],
    ["400", "x"],
  ]);
});

it("writes the columns of an empty list", async () => {
  const { list } = listOf(0);
  const file = streamText(csvOfList(columns, { limit: 50, search: "" }, list));
  expect(await new Response(file).text()).toBe("id,at,new\r\n");
});

it("reads no further once its reader has gone", async () => {
  const { asked, list } = listOf(10_000);
  const reader = streamText(csvOfList(columns, { limit: 50, search: "" }, list)).getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();
  expect(asked.length).toBeLessThan(5);
});
