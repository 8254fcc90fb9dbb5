import type { z } from "zod";
import { DomainError } from "./errors";

/** The `searchParams` of a Next page. */
export type Query = Record<string, string | string[] | undefined>;

/** The value of a query parameter; of a repeated one the first. */
export function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/**
 * Reads a list's filter from the query. Values that do not fit the schema are dropped rather than
 * failing the page: URLs are typed, cut off and shared.
 */
export function readFilter<S extends z.ZodObject>(schema: S, query: Query): z.output<S> {
  const given = Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      const one = firstOf(value);
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

/** A page's `searchParams` as URLSearchParams; repeated names are kept. */
export function queryOf(query: Query): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value].flat().flatMap((one) => (one === undefined ? [] : [[name, one]])),
    ),
  );
}

/** A path with a query; values that are undefined, null, false or empty are left out. */
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
 * Fetches a page of a list by the filter of a URL. An invalid cursor gives the first page instead
 * of an error.
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
