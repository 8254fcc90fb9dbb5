import { BehindTable } from "@/components/insights/behind-table";
import { type DashboardRange, rangeQuery } from "@/components/insights/dashboard-range";
import { daysText } from "@/components/insights/words";
import { Card, CardHeader } from "@/components/ui/content/card";
import { ButtonLink } from "@/components/ui/controls/button";
import { Pagination } from "@/components/ui/page/pagination";
import { DomainError } from "@/lib/core/errors";
import { adminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";
import { rowsBehind } from "@/lib/reports";
import type { RowColumns } from "@/lib/reports/report";

type RecordsProps = {
  scope: Scope;
  name: string;
  range: DashboardRange;
  columns: RowColumns;
  cursor?: string;
  counted: boolean;
};

/** The records that the number was counted from. */
export async function Records({ scope, name, range, columns, cursor, counted }: RecordsProps) {
  const page = await rowsBehind(scope, name, range.days, {
    limit: 25,
    counted,
    ...(cursor && { cursor }),
  }).catch((error: unknown) => {
    // A cursor of another list, or one that an email cut off: show the first page.
    if (error instanceof DomainError && error.path === "cursor")
      return rowsBehind(scope, name, range.days, { limit: 25, counted });
    throw error;
  });
  const filter: Record<string, string> = counted ? { counted: "yes" } : {};
  return (
    <Card flush>
      <CardHeader
        title="Underlying records"
        description={`Counted in ${daysText(range.days)}, newest first.`}
        className="px-5 pt-5 pb-3"
        actions={
          columns.numerator.unit === "yes" ? <CountedLinks range={range} counted={counted} /> : null
        }
      />
      <BehindTable
        rows={page.rows}
        columns={columns}
        asset={scope.asset}
        timeZone={scope.timeZone}
        admin={adminPaths(scope.merchantSlug)}
      />
      <Pagination
        newerHref={cursor ? rangeQuery(range, filter) : null}
        olderHref={
          page.nextCursor ? rangeQuery(range, { ...filter, cursor: page.nextCursor }) : null
        }
        nav="Pages of records"
      />
    </Card>
  );
}

function CountedLinks({ range, counted }: { range: DashboardRange; counted: boolean }) {
  return (
    <nav aria-label="Which records" className="flex gap-1">
      <ButtonLink
        size="sm"
        variant={counted ? "quiet" : "secondary"}
        href={rangeQuery(range)}
        scroll={false}
      >
        All
      </ButtonLink>
      <ButtonLink
        size="sm"
        variant={counted ? "secondary" : "quiet"}
        href={rangeQuery(range, { counted: "yes" })}
        scroll={false}
      >
        Counted only
      </ButtonLink>
    </nav>
  );
}
