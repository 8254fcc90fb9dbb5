import type pg from "pg";
import { arrayOf } from "@/lib/events/hot-path/array-literal";
import { type Difference, differences, type Row, type Table, tablesOf } from "./differences";

/**
 * What the processing is measured against: a program that knows every row beforehand and writes all
 * of them with one statement, in one transaction. It reads nothing and decides nothing; row-level
 * security does not hold for it. The triggers of the tables do, as for anybody who writes there.
 */
export type BareWriter = {
  /** Writes what the original has and the copy has not. @returns the seconds that it took */
  follow(): Promise<number>;
  /** The tables in which original and copy differ. */
  differ(): Promise<string[]>;
};

/**
 * @param original what the product wrote
 * @param copy the owner's connection to a database that was once the same
 */
export async function bareWriter(original: pg.Client, copy: pg.Client): Promise<BareWriter> {
  const tables = await tablesOf(copy);
  const write = async (found: readonly Difference[]): Promise<number> => {
    if (found.length === 0) return 0;
    const { text, values } = statementFor(found);
    const startedAt = performance.now();
    await copy.query(text, values());
    return (performance.now() - startedAt) / 1000;
  };
  return {
    async follow() {
      const seconds = await write(leftToTriggers(await differences(original, copy, tables)));
      // What triggers name by the transaction, say, is not the same; this is no part of the time.
      await copy.query("SET session_replication_role = replica");
      await write(await differences(original, copy, tables));
      await copy.query("SET session_replication_role = origin");
      return seconds;
    },
    async differ() {
      return (await differences(original, copy, tables)).map(({ table }) => table.name);
    },
  };
}

/** Without what the database's triggers write: notes of what is due, and balances. */
function leftToTriggers(found: readonly Difference[]): Difference[] {
  return found.flatMap((difference) => {
    const { table, added } = difference;
    if (table.name.endsWith("_due")) return [];
    if (table.name !== "ledger_account") return [difference];
    const balance = table.columns.findIndex(({ name }) => name === "balance_minor");
    const opened = added.map((row) => row.with(balance, "0"));
    return opened.length > 0 ? [{ table, added: opened, changed: [], removed: [] }] : [];
  });
}

function statementFor(found: readonly Difference[]): { text: string; values: () => string[] } {
  const parts: string[] = [];
  const columns: (() => string)[] = [];
  /** Rows of some columns of a table as a source to select from. */
  const source = (table: Table, names: readonly string[], rows: readonly Row[]): string => {
    const places = names.map((name) => table.columns.findIndex((column) => column.name === name));
    const arrays = places.map((place) => {
      columns.push(() => arrayOf(rows, (row) => row[place] ?? null));
      return `$${columns.length}::text[]`;
    });
    const typed = places.map((place) => {
      const { name, type } = table.columns[place]!;
      return `"${name}"::${type} AS "${name}"`;
    });
    const list = names.map((name) => `"${name}"`).join(", ");
    return `SELECT ${typed.join(", ")} FROM unnest(${arrays.join(", ")}) AS t (${list})`;
  };
  const matching = ({ key }: Table) => key.map((name) => `o."${name}" = n."${name}"`).join(" AND ");
  for (const { table, added, changed, removed } of found) {
    const all = table.columns.map(({ name }) => name);
    const list = all.map((name) => `"${name}"`).join(", ");
    if (added.length > 0)
      parts.push(`INSERT INTO "${table.name}" (${list}) ${source(table, all, added)}`);
    if (changed.length > 0) {
      const set = all.map((name) => `"${name}" = n."${name}"`).join(", ");
      const rows = source(table, all, changed);
      parts.push(`UPDATE "${table.name}" o SET ${set} FROM (${rows}) n WHERE ${matching(table)}`);
    }
    if (removed.length > 0) {
      const rows = source(table, table.key, removed);
      parts.push(`DELETE FROM "${table.name}" o USING (${rows}) n WHERE ${matching(table)}`);
    }
  }
  const text = `WITH ${parts.map((part, index) => `p${index} AS (${part})`).join(",\n")} SELECT 1`;
  return { text, values: () => columns.map((column) => column()) };
}
