import type { ReactNode } from "react";
import { Card } from "@/components/ui/content/card";
import { CursorPages } from "./cursor-pages";
import { ExportLink } from "./export-link";
import { FilterBar } from "./filter-bar";
import { PageHeader } from "./page-header";

type ListPageProps = {
  title: string;
  description: string;
  /** What is listed, in the plural, for screen readers: "customers". */
  noun: string;
  /** The path of the list, and its filter, cursor included. */
  base: string;
  filter: Record<string, string | number | boolean | null | undefined> & {
    cursor?: string | undefined;
  };
  nextCursor: string | null;
  /** Where the whole list can be had as a file. */
  exportHref?: string;
  /** Beside the title, after the export. */
  actions?: ReactNode;
  /** Parts of the list that are pages of their own. */
  tabs?: ReactNode;
  /** What has to be said before the list. */
  notices?: ReactNode;
  /** The controls of the filter bar; those of the filter that they do not show go into `keep`. */
  filters?: ReactNode;
  keep?: string[];
  /** What members keep of the list: views, columns. */
  tools?: ReactNode;
  /** The table, with its empty state. */
  children: ReactNode;
};

/** A list of the dashboard: title, filters, table and pages, the same on every list. */
export function ListPage(props: ListPageProps) {
  const { title, description, noun, base, filter, nextCursor, exportHref, keep } = props;
  return (
    <>
      <PageHeader
        title={title}
        description={description}
        actions={
          exportHref || props.actions ? (
            <>
              {exportHref ? <ExportLink href={exportHref} filter={filter} /> : null}
              {props.actions}
            </>
          ) : null
        }
      />
      {props.tabs}
      <div className="flex flex-col gap-5">
        {props.notices}
        {props.filters ? (
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
            <div className="min-w-0 flex-1 basis-80">
              <FilterBar label={`Filter ${noun}`} {...(keep && { keep })}>
                {props.filters}
              </FilterBar>
            </div>
            {props.tools}
          </div>
        ) : null}
        <Card flush>
          {props.children}
          <CursorPages
            base={base}
            filter={filter}
            nextCursor={nextCursor}
            nav={`Pages of ${noun}`}
          />
        </Card>
      </div>
    </>
  );
}
