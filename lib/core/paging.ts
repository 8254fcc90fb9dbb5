import { DomainError } from "./errors";

/**
 * A page of a list. Pages are cut by the key of the last row (keyset paging): fast at any depth,
 * and nothing is skipped or repeated when rows are added.
 */
export type Page<T> = { rows: T[]; nextCursor: string | null };

/** The sort key of a page's last row, as an opaque text for URLs. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts), "utf8").toString("base64url");
}

/**
 * The sort key in a cursor.
 * @param count how many parts this list's key has
 * @throws DomainError invalid_request (path "cursor") for anything that `encodeCursor` did not make
 */
export function decodeCursor(cursor: string, count: number): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (
      Array.isArray(parts) &&
      parts.length === count &&
      parts.every((part) => typeof part === "string")
    )
      return parts;
  } catch {
    // Not a cursor of ours; refused below.
  }
  throw new DomainError("invalid_request", "This cursor does not belong to this list.", "cursor");
}

/**
 * The time and id in the cursor of a list that is sorted by them.
 * @throws DomainError as `decodeCursor`, also where the parts are no time and no id
 */
export function decodeTimeCursor(cursor: string): { at: Date; id: string } {
  const [time = "", id = ""] = decodeCursor(cursor, 2);
  const at = new Date(time);
  if (/^\d{4}-.{15,25}Z$/.test(time) && !Number.isNaN(at.getTime()) && /^[\w.:-]{1,100}$/.test(id))
    return { at, id };
  throw new DomainError("invalid_request", "This cursor does not belong to this list.", "cursor");
}

/** Makes a page of at most `limit` rows from a query that asked for `limit + 1`. */
export function toPage<T>(
  found: readonly T[],
  limit: number,
  key: (row: T) => readonly string[],
): Page<T> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    rows,
    nextCursor: found.length > limit && last !== undefined ? encodeCursor(key(last)) : null,
  };
}
