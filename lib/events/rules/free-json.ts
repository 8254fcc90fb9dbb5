import type { JsonValue } from "../schema";

const MAX_DEPTH = 5;
const MAX_NODES = 500;
const MAX_KEY_LENGTH = 100;
const MAX_TEXT_LENGTH = 5_000;
/** Names that change what an object is, in more languages than one. */
const TRAPS = new Set(["__proto__", "constructor", "prototype"]);

/** What is wrong with a free-form value, and where in it. */
export class UnboundedJson extends Error {
  constructor(
    message: string,
    readonly path: string,
  ) {
    super(message);
  }
}

/**
 * A copy of a sender's free-form object (traits, properties) with its keys sorted, so that the same
 * content always makes the same text.
 * @param path where it stands, for the error
 * @throws UnboundedJson beyond 5 levels, 500 values, 100 characters in a key or 5,000 in a text,
 * and for keys such as `__proto__`
 */
export function boundedJson(value: object, path: string): { [key: string]: JsonValue } {
  let nodes = 0;

  function copy(part: unknown, at: string, depth: number): JsonValue {
    nodes += 1;
    if (nodes > MAX_NODES)
      throw new UnboundedJson(`At most ${MAX_NODES} values fit in here.`, path);
    if (typeof part === "string") {
      if (part.length > MAX_TEXT_LENGTH) {
        throw new UnboundedJson(`A text has at most ${MAX_TEXT_LENGTH} characters.`, at);
      }
      return part;
    }
    if (part === null || typeof part === "boolean") return part;
    if (typeof part === "number" && Number.isFinite(part)) return part;
    if (typeof part !== "object") throw new UnboundedJson("This is not a JSON value.", at);
    if (depth === MAX_DEPTH)
      throw new UnboundedJson(`At most ${MAX_DEPTH} levels fit in here.`, path);
    if (Array.isArray(part))
      return part.map((item, index) => copy(item, `${at}.${index}`, depth + 1));
    return copyObject(part, at, depth);
  }

  function copyObject(part: object, at: string, depth: number): { [key: string]: JsonValue } {
    const sorted: { [key: string]: JsonValue } = {};
    for (const key of Object.keys(part).sort()) {
      if (key.length > MAX_KEY_LENGTH || TRAPS.has(key)) {
        throw new UnboundedJson(`"${key.slice(0, 40)}" cannot be a name in here.`, at);
      }
      sorted[key] = copy((part as Record<string, unknown>)[key], `${at}.${key}`, depth + 1);
    }
    return sorted;
  }

  return copyObject(value, path, 0);
}

/**
 * What PostgreSQL cannot keep: the NUL character and halves of surrogate pairs. As JSON text spells
 * them.
 */
const SUSPECT_ESCAPE = /\\u(?:0000|[dD][89a-fA-F])/;

/**
 * False for JSON text in which no string can hold a character that the database refuses; true when
 * one might.
 */
export function mayHoldBadText(json: string): boolean {
  return SUSPECT_ESCAPE.test(json);
}

/**
 * The path of the first text (or key) below `value` that holds NUL or half a surrogate pair; null
 * when all are fine.
 * @param levels how deep to look; by default deeper than any event may be, since its bounds refuse
 * the rest
 */
export function badTextPath(value: unknown, path = "", levels = MAX_DEPTH + 3): string | null {
  if (typeof value === "string") return isBadText(value) ? path : null;
  if (typeof value !== "object" || value === null || levels < 0) return null;
  for (const key of Object.keys(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (isBadText(key)) return path;
    const found = badTextPath((value as Record<string, unknown>)[key], at, levels - 1);
    if (found !== null) return found;
  }
  return null;
}

function isBadText(text: string): boolean {
  return /[\0]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}
