import type { NextRequest } from "next/server";
import type { z } from "zod";
import { type CsvColumns, csvOfList, streamText } from "@/lib/core/lists/csv-stream";
import type { Page } from "@/lib/core/paging";
import { readFilter } from "@/lib/core/query-string";
import { dateInZone } from "@/lib/core/time";
import type { MemberPermission } from "@/lib/merchants/rules/roles";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { requireMember } from "./member";

type Context = { params: Promise<{ merchant: string }> };

type CsvRoute<Schema extends z.ZodObject, Row> = {
  /** What the file is called: "customers". */
  name: string;
  permission: MemberPermission;
  /** The list's own filter: the file holds what the page shows. */
  filter: Schema;
  list: (scope: Scope, filter: z.output<Schema>) => Promise<Page<Row>>;
  columns: (scope: Scope) => CsvColumns<Row>;
};

/** A route that hands out a list of the dashboard as CSV, under the filter in its address. */
export function csvRoute<Schema extends z.ZodObject, Row>({
  name,
  permission,
  filter: schema,
  list,
  columns,
}: CsvRoute<Schema, Row>) {
  return async (request: NextRequest, { params }: Context): Promise<Response> => {
    const { merchant } = await params;
    const scope = await requireMember(merchant, permission);
    const filter = readFilter(schema, Object.fromEntries(request.nextUrl.searchParams));
    const today = dateInZone(scopeNow(scope), scope.timeZone);
    type Paged = z.output<Schema> & { cursor?: string; limit: number };
    const lines = csvOfList<Row, Paged>(columns(scope), filter as Paged, (at) => list(scope, at));
    return new Response(streamText(lines), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "cache-control": "no-store",
        "content-disposition": `attachment; filename="${name}-${merchant}-${today}.csv"`,
      },
    });
  };
}
