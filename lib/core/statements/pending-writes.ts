import { type Db, Prisma } from "../db";
import { largeText } from "./large-texts";
import { type LockKind, lockRank } from "./lock-order";

/**
 * A way of writing rows that can wait, and then travels with others in one statement: a single
 * INSERT, UPDATE or DELETE over `rows`, which it reads with `json_to_recordset(${rows})`, and
 * RETURNING 1. All writes of a statement see the tables as they were before it, so two of them must
 * not touch the same row.
 */
export type Write<Row> = {
  /** Names it in the statement: lower case and underscores. */
  name: string;
  /** The rows that it locks, if others may want them too: their place in the order of locks. */
  locks: LockKind | null;
  sql: (rows: Prisma.Sql, merchantId: string) => Prisma.Sql;
  /** The shape of a row: dates and bigints become text. */
  readonly row?: Row;
};

export function defineWrite<Row extends object>(write: Omit<Write<Row>, "row">): Write<Row> {
  return write;
}

/** What a transaction has decided to write and not written yet. */
export class PendingWrites {
  private readonly waiting = new Map<Write<object>, object[]>();

  constructor(
    private readonly db: Db,
    private readonly merchantId: string,
  ) {}

  get isEmpty(): boolean {
    return this.waiting.size === 0;
  }

  add<Row extends object>(write: Write<Row>, rows: readonly Row[]): void {
    if (rows.length === 0) return;
    const earlier = this.waiting.get(write);
    if (earlier) for (const row of rows) earlier.push(row);
    else this.waiting.set(write, [...rows]);
  }

  /** The rows that wait for this write: until they are written, they may still be changed. */
  of<Row extends object>(write: Write<Row>): readonly Row[] {
    return (this.waiting.get(write) ?? []) as Row[];
  }

  /** Writes all of it with one statement: first what locks nothing, then in the order of locks. */
  async flush(): Promise<void> {
    if (this.isEmpty) return;
    const writes = [...this.waiting].sort(([one], [other]) => rankOf(one) - rankOf(other));
    this.waiting.clear();
    const parts = writes.map(([{ name, sql }, rows]) => {
      const json = Prisma.sql`${rowsAsJson(rows)}::json`;
      return Prisma.sql`${Prisma.raw(name)} AS (${sql(json, this.merchantId)})`;
    });
    // Counting them in turn has them carried out in turn.
    const counts = writes.map(
      ([{ name }]) => Prisma.sql`(SELECT count(*)::int FROM ${Prisma.raw(name)})`,
    );
    await this.db.$queryRaw`WITH ${Prisma.join(parts)} SELECT ${Prisma.join(counts)}`;
  }
}

function rankOf({ locks }: Write<object>): number {
  return locks === null ? -1 : lockRank(locks);
}

/**
 * Rows as JSON that PostgreSQL takes, for a parameter of one statement: bigints as text, and what
 * is half a character replaced, as the driver does in a text.
 */
export function rowsAsJson(rows: readonly object[]): string {
  const json = JSON.stringify(rows.map(withoutBigints));
  return largeText(json.includes("\\ud") ? json.replace(HALF_CHARACTER, "$1\\ufffd") : json);
}

/** JSON escapes what is half a character, and nothing else so. */
const HALF_CHARACTER = /((?<!\\)(?:\\\\)*)\\ud[0-9a-f]{3}/g;

// A function that JSON.stringify asks about every value would cost as much as all the rest.
function withoutBigints(row: object): object {
  let plain: Record<string, unknown> | null = null;
  for (const name in row) {
    const value = (row as Record<string, unknown>)[name];
    if (typeof value === "bigint") (plain ??= { ...row })[name] = value.toString();
  }
  return plain ?? row;
}

/**
 * The same client, that writes what is pending before it asks or writes anything else: no code has
 * to know what waits.
 */
export function writingFirst(db: Db, pending: PendingWrites): Db {
  const wrapped = new Map<PropertyKey, unknown>();
  const first =
    (of: object, work: (...all: unknown[]) => unknown) =>
    (...all: unknown[]): unknown =>
      pending.isEmpty ? work.apply(of, all) : pending.flush().then(() => work.apply(of, all));
  const wrap = (of: object, value: unknown, deep: boolean): unknown => {
    if (typeof value === "function") return first(of, value as (...all: unknown[]) => unknown);
    if (!deep || typeof value !== "object" || value === null) return value;
    const model = new Map<PropertyKey, unknown>();
    return new Proxy(value, {
      get(target, name) {
        if (!model.has(name)) model.set(name, wrap(target, Reflect.get(target, name), false));
        return model.get(name);
      },
    });
  };
  return new Proxy(db, {
    get(target, name) {
      if (!wrapped.has(name)) wrapped.set(name, wrap(target, Reflect.get(target, name), true));
      return wrapped.get(name);
    },
  });
}
