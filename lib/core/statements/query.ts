import { type Db, Prisma } from "../db";

/**
 * A question to the database that can travel with others in one statement: what it selects, and how
 * a row becomes what it means. Rows come as JSON: select bigint columns as text.
 */
export type Query<Row> = {
  sql: Prisma.Sql;
  row: (json: JsonRow) => Row;
  /** What it reads of a parameter that others read as well, which is then sent once. */
  given?: Given;
};

/** A parameter with a name: `(SELECT value FROM name)` in the questions that are given it. */
type Given = { name: string; value: Prisma.Sql };

/** The question that has no answer: asked where nothing needs to be known. */
export const NOTHING: Query<never> = {
  sql: Prisma.sql`SELECT WHERE FALSE`,
  row: (json) => json as never,
};

/** A row as JSON has it: dates and big numbers are text. */
// The one place where a row has no type yet; `row` gives it one.
// oxlint-disable-next-line typescript/no-explicit-any
export type JsonRow = any;

type RowsOf<Queries> = {
  [Name in keyof Queries]: Queries[Name] extends Query<infer Row> ? Row[] : never;
};

/** Asks several questions with one statement: all of them see the same moment. */
export async function readTogether<Queries extends Record<string, Query<unknown>>>(
  db: Db,
  queries: Queries,
): Promise<RowsOf<Queries>> {
  const names = Object.keys(queries);
  const columns = names.map(
    (name) => Prisma.sql`(
      SELECT COALESCE(json_agg(t), '[]') FROM (${queries[name]!.sql}) t
    ) AS ${Prisma.raw(`"${name}"`)}`,
  );
  const [found] = await db.$queryRaw<[Record<string, JsonRow[]>]>`
    ${givenTo(Object.values(queries))} SELECT ${Prisma.join(columns)}`;
  return Object.fromEntries(
    names.map((name) => [name, found[name]!.map(queries[name]!.row)]),
  ) as RowsOf<Queries>;
}

function givenTo(queries: readonly Query<unknown>[]): Prisma.Sql {
  const given = new Map(queries.flatMap(({ given }) => (given ? [[given.name, given.value]] : [])));
  if (given.size === 0) return Prisma.empty;
  const parts = [...given].map(
    ([name, value]) => Prisma.sql`${Prisma.raw(name)} AS MATERIALIZED (SELECT ${value} AS value)`,
  );
  return Prisma.sql`WITH ${Prisma.join(parts)}`;
}

/** Asks one question alone. */
export async function readRows<Row>(db: Db, query: Query<Row>): Promise<Row[]> {
  return (await readTogether(db, { rows: query })).rows;
}

export function dateOf(text: string): Date;
export function dateOf(text: string | null): Date | null;
export function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

export function bigintOf(text: string): bigint;
export function bigintOf(text: string | null): bigint | null;
export function bigintOf(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
