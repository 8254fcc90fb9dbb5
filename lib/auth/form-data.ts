/** What a form field may hold: text, a file, or for repeated names a list. */
export type FormValue = string | File | FormValue[] | { [name: string]: FormValue };

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/**
 * The fields of a form as an object for Zod. Empty texts and files are left out; "terms.en" nests;
 * "items[]" is always a list, and a repeated name becomes one. Fields of React and Next
 * ("$ACTION_…") and names that would reach an object's prototype are ignored.
 */
export function readForm(form: FormData): Record<string, FormValue> {
  const result: Record<string, FormValue> = Object.create(null);
  for (const [name, value] of form.entries()) {
    if (name.startsWith("$ACTION_")) continue;
    if (typeof value === "string" ? value === "" : value.size === 0) continue;
    const isList = name.endsWith("[]");
    const path = (isList ? name.slice(0, -2) : name).split(".");
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
    target[name] = Array.isArray(there) ? [...there, value] : [there, value];
  }
}

function isRecord(value: FormValue | undefined): value is Record<string, FormValue> {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof File);
}
