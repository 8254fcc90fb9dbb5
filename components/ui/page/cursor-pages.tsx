import { withQuery } from "@/lib/core/query-string";
import { Pagination } from "./pagination";

type CursorPagesProps = {
  /** The path of the list. */
  base: string;
  /** Its filter, cursor included. */
  filter: Record<string, string | number | boolean | null | undefined> & {
    cursor?: string | undefined;
  };
  nextCursor: string | null;
  /** Names the navigation for screen readers, such as "Pages of customers". */
  nav: string;
};

/** The steps through a list under its filter: to the first page and to the next. */
export function CursorPages({ base, filter, nextCursor, nav }: CursorPagesProps) {
  const { cursor, limit: _, ...chosen } = filter;
  return (
    <Pagination
      newerHref={cursor ? withQuery(base, chosen) : null}
      olderHref={nextCursor ? withQuery(base, { ...chosen, cursor: nextCursor }) : null}
      nav={nav}
    />
  );
}
