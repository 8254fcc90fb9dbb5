import { DomainError } from "@/lib/core/errors";

/** What a form field may hold: text, a file, or for repeated names a list. */
export type FormValue = string | File | FormValue[] | { [name: string]: FormValue };

/** More than any form of ours has, and far less than what takes long to put together. */
const MOST_FIELDS = 2_000;
const MOST_LEVELS = 8;

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/**
 * The fields of a form as an object for Zod. Empty texts and files are left out; "terms.en" nests;
 * "items[]" is always a list, and a repeated name becomes one. Fields of React and Next
 * ("$ACTION_…") and names that would reach an object's prototype, or nest deeper than any of ours,
 * are ignored.
 * @throws DomainError invalid_request for more fields than a form has, before any is read
 */
export function readForm(form: FormData): Record<string, FormValue> {
  if ([...form.keys()].length > MOST_FIELDS)
    throw new DomainError("invalid_request", "This form has too many fields.");
  const result: Record<string, FormValue> = Object.create(null);
  for (const [name, value] of form.entries()) {
    if (name.startsWith("$ACTION_")) continue;
    if (typeof value === "string" ? value === "" : value.size === 0) continue;
    const isList = name.endsWith("[]");
    const path = (isList ? name.slice(0, -2) : name).split(".");
    if (path.length > MOST_LEVELS) continue;
    if (path.some((part) => part === "" || FORBIDDEN.has(part))) continue;
    place(result, path, value, isList);
  }
  return result;
}

function place(
  target: Record<string, FormValue>,
  path: string[],
  value: string | File,
  isList: boolean,
): void {
  const [name, ...rest] = path as [string, ...string[]];
  const there = target[name];
  if (rest.length > 0) {
    const inner = isRecord(there) ? there : (Object.create(null) as Record<string, FormValue>);
    target[name] = inner;
    place(inner, rest, value, isList);
  } else if (there === undefined) {
    target[name] = isList ? [value] : value;
  } else {
    if (Array.isArray(there)) there.push(value);
    else target[name] = [there, value];
  }
}

function isRecord(value: FormValue | undefined): value is Record<string, FormValue> {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof File);
}
