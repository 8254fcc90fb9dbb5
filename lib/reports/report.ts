import { Prisma } from "@/lib/core/db";
import { decodeCursor, type Page, toPage } from "@/lib/core/paging";
import type { Scope } from "@/lib/merchants/scope";
import type { Span } from "./days";
import type { BehindRow, Beside, Definition, LimitedDefinition, Reading } from "./metric";
import { addTallies, NOTHING, type Tally } from "./reading";
import { type Limit, limitText, METRIC_LIMIT, within, withinRanges } from "./limits";
import { inReport, type ReportScope, spanTable } from "./sql";

export type Answered = Reading & { beside: Beside[] };

/** One question: its definition, its number for any ranges, and the rows behind it. */
export type Report = {
  definition: LimitedDefinition;
  /** How much one question may ask for; beyond it the report refuses before it begins. */
  limit: Limit;
  /** Whether it is worth asking bucket by bucket. */
  hasSeries: boolean;
  columns: RowColumns;
  /**
   * One answer per range, in their order; the first range is the one that details (a median, a fit)
   * are made for.
   */
  read(scope: Scope, spans: readonly Span[]): Promise<Answered[]>;
  /**
   * What was counted in a range, newest first. `counted` keeps only what stands in the numerator.
   */
  rows(scope: Scope, span: Span, page: RowsPage): Promise<Page<BehindRow>>;
};

/**
 * What a row behind a number adds to it: a yes or no where the number counts, an amount where it
 * adds money.
 */
export type RowColumns = { numerator: RowColumn; denominator: RowColumn | null };
export type RowColumn = { label: string; unit: "yes" | "count" | "money" };

export type RowsPage = { cursor?: string; limit: number; counted?: boolean };

/** The most rows on a page of those behind a number. */
const MOST_ROWS = 200;

/** The tallies of one range by group ("referred", "other", …; "" where a report has none). */
type Groups = { all: Tally; of(group: string): Tally };

type FactsReport = {
  definition: Definition;
  hasSeries?: boolean;
  /** Left out for a share: every row is in the denominator, and in the numerator or not. */
  columns?: RowColumns;
  /**
   * The report's own CTEs after `span`. The last one is `fact (n, grp, kind, id, key, customer_id,
   * at, x, y)`: a row for everything counted in range `n`, with what it adds to the denominator (x)
   * and to the numerator (y).
   */
  facts(scope: Scope): Prisma.Sql;
  answer(groups: Groups, scope: ReportScope): Reading & { beside?: Beside[] };
  /** Figures beside the main one that facts cannot give: asked for the first range only. */
  more?(scope: ReportScope, span: Span): Promise<Beside[]>;
};

/** A report out of one list of facts: the same rows are counted, and shown. */
export function factsReport({
  definition,
  hasSeries = true,
  columns = COUNTED,
  facts,
  answer,
  more,
}: FactsReport): Report {
  return {
    definition: { ...definition, limit: limitText(METRIC_LIMIT) },
    limit: METRIC_LIMIT,
    hasSeries,
    columns,
    async read(scope, spans) {
      return inReport(scope, withinRanges(METRIC_LIMIT, spans), async (tx) => {
        const groups = await tally(tx, spans, facts(tx));
        const extra = spans[0] && more ? await more(tx, spans[0]) : [];
        return groups.map((of, n) => {
          const { beside = [], ...reading } = answer(of, tx);
          return { ...reading, beside: n === 0 ? [...beside, ...extra] : beside };
        });
      });
    },
    async rows(scope, span, page) {
      within({ of: "rows", most: MOST_ROWS }, page.limit, "limit");
      return inReport(scope, withinRanges(METRIC_LIMIT, [span]), (tx) =>
        rowsOf(tx, span, facts(tx), page),
      );
    },
  };
}

const COUNTED: RowColumns = { numerator: { label: "Counted", unit: "yes" }, denominator: null };

type TallyRow = {
  n: number;
  grp: string | null;
  facts: number;
  people: number;
  reached: number;
  x: string;
  y: string;
  xx: number;
  yy: number;
  xy: number;
};

async function tally(
  { db }: ReportScope,
  spans: readonly Span[],
  facts: Prisma.Sql,
): Promise<Groups[]> {
  const rows = await db.$queryRaw<TallyRow[]>`
    WITH ${spanTable(spans)}, ${facts}, person AS (
      SELECT n, grp, count(*) AS facts, sum(x) AS x, sum(y) AS y
      FROM fact GROUP BY n, grp, customer_id
    )
    SELECT n, grp, sum(facts)::int AS facts, count(*)::int AS people,
      (count(*) FILTER (WHERE y > 0))::int AS reached,
      sum(x)::text AS x, sum(y)::text AS y,
      sum(x * x)::float8 AS xx, sum(y * y)::float8 AS yy, sum(x * y)::float8 AS xy
    FROM person GROUP BY n, grp`;
  return spans.map((_, n) => {
    const found = new Map(
      rows.filter((row) => row.n === n).map((row) => [row.grp ?? "", tallyOf(row)]),
    );
    return {
      all: addTallies([...found.values()]),
      of: (group: string) => found.get(group) ?? NOTHING,
    };
  });
}

function tallyOf(row: TallyRow): Tally {
  const { facts, people, reached, xx, yy, xy } = row;
  return { facts, people, reached, x: BigInt(row.x), y: BigInt(row.y), xx, yy, xy };
}

/** The facts of one range, newest first, with the names of the people. */
async function rowsOf(
  { db, merchantId }: ReportScope,
  span: Span,
  facts: Prisma.Sql,
  page: RowsPage,
): Promise<Page<BehindRow>> {
  const where = [Prisma.sql`true`];
  if (page.counted) where.push(Prisma.sql`f.y <> 0`);
  if (page.cursor) {
    const [at, key] = decodeCursor(page.cursor, 2);
    where.push(Prisma.sql`(f.at, f.key) < (${at}::timestamptz, ${key})`);
  }
  const rows = await db.$queryRaw<BehindRow[]>`
    WITH ${spanTable([span])}, ${facts}, shown AS (
      SELECT * FROM fact f
      WHERE ${Prisma.join(where, " AND ")} ORDER BY f.at DESC, f.key DESC LIMIT ${page.limit + 1}
    )
    SELECT s.key, s.kind, s.id, c.id AS "customerId", c.name AS "customerName",
      c.email AS "customerEmail", s.at,
      s.grp AS "group", s.x AS denominator, s.y AS numerator
    FROM shown s LEFT JOIN customer c ON c.merchant_id = ${merchantId}
      AND c.id = s.customer_id
    ORDER BY s.at DESC, s.key DESC`;
  return toPage(rows, page.limit, (row) => [row.at.toISOString(), row.key]);
}

/** A reading under a name of its own, to stand beside another. */
export function beside(key: string, title: string, reading: Reading): Beside {
  return { key, title, ...reading };
}
