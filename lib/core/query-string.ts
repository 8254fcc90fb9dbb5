import type { z } from "zod";
import { DomainError } from "./errors";

/** What Next hands a page as its query. */
export type Query = Record<string, string | string[] | undefined>;

/**
 * A list's filter as it stands in an address. A value that does not fit is left out instead of
 * failing the page: addresses are typed, shortened and shared.
 */
export function readFilter<S extends z.ZodObject>(schema: S, query: Query): z.output<S> {
  const given = Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      const one = Array.isArray(value) ? value[0] : value;
      return one ? [[name, one]] : [];
    }),
  );
  for (;;) {
    const parsed = schema.safeParse(given);
    if (parsed.success) return parsed.data;
    const wrong = parsed.error.issues
      .map((issue) => String(issue.path[0]))
      .filter((name) => name in given);
    if (wrong.length === 0) return schema.parse({});
    for (const name of wrong) delete given[name];
  }
}

/** What Next hands a page as its query, as one hands it on; a name may stand in it several times. */
export function queryOf(query: Query): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value].flat().flatMap((one) => (one === undefined ? [] : [[name, one]])),
    ),
  );
}

/** An address with a query; what is undefined, null or empty is left out. */
export function withQuery(
  path: string,
  values: Record<string, string | number | boolean | null | undefined>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== "" && value !== false)
      query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

/**
 * A list from an address. A cursor that somebody bent leads to the list's beginning instead of
 * failing the page.
 */
export async function pageFrom<Filter extends { cursor?: string }, Found>(
  filter: Filter,
  list: (filter: Filter) => Promise<Found>,
): Promise<Found> {
  try {
    return await list(filter);
  } catch (error) {
    if (filter.cursor === undefined || !(error instanceof DomainError) || error.path !== "cursor")
      throw error;
    return list({ ...filter, cursor: undefined });
  }
}
