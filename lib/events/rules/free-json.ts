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

/** What does not fit: a text that is cut, or a part that is left out. */
export type Misfit = { how: "shortened" | "left_out"; message: string; path: string };

/**
 * A copy of a sender's free-form object (traits, properties) with its keys sorted, so that the same
 * content always makes the same text.
 * @param path where it stands, for the error
 * @throws UnboundedJson beyond 5 levels, 500 values, 100 characters in a key or 5,000 in a text,
 * and for keys such as `__proto__`
 */
export function boundedJson(value: object, path: string): { [key: string]: JsonValue } {
  return withinBounds(value, path, ({ message, path: at }) => {
    throw new UnboundedJson(message, at);
  });
}

/**
 * The same of what fits: texts are cut and parts left out where they are beyond the bounds, or hold
 * what the database cannot keep.
 * @param tell hears of each such part
 */
export function withinBounds(
  value: object,
  path: string,
  tell: (misfit: Misfit) => void,
): { [key: string]: JsonValue } {
  let nodes = 0;

  /** Undefined is left out. */
  function copy(part: unknown, at: string, depth: number): JsonValue | undefined {
    const leaveOut = (message: string): undefined =>
      tell({ how: "left_out", message, path: at }) as undefined;
    nodes += 1;
    if (nodes > MAX_NODES)
      return nodes === MAX_NODES + 1
        ? leaveOut(`At most ${MAX_NODES} values fit in ${path}.`)
        : undefined;
    if (typeof part === "string") return copyText(part, at);
    if (part === null || typeof part === "boolean") return part;
    if (typeof part === "number" && Number.isFinite(part)) return part;
    if (typeof part !== "object") return leaveOut("This is not a JSON value.");
    if (depth === MAX_DEPTH) return leaveOut(`At most ${MAX_DEPTH} levels fit in ${path}.`);
    return Array.isArray(part) ? copyList(part, at, depth) : copyObject(part, at, depth);
  }

  function copyList(part: readonly unknown[], at: string, depth: number): JsonValue[] {
    const list: JsonValue[] = [];
    for (const [index, item] of part.entries()) {
      if (nodes > MAX_NODES) break;
      const copied = copy(item, `${at}.${index}`, depth + 1);
      if (copied !== undefined) list.push(copied);
    }
    return list;
  }

  function copyText(text: string, at: string): string {
    const kept = withoutBadText(text);
    if (kept !== text) tell({ how: "shortened", message: BAD_TEXT_WORDS, path: at });
    if (kept.length <= MAX_TEXT_LENGTH) return kept;
    const message = `A text has at most ${MAX_TEXT_LENGTH} characters.`;
    tell({ how: "shortened", message, path: at });
    return shortened(kept, MAX_TEXT_LENGTH);
  }

  function copyObject(part: object, at: string, depth: number): { [key: string]: JsonValue } {
    const sorted: { [key: string]: JsonValue } = {};
    for (const key of Object.keys(part).sort()) {
      if (nodes > MAX_NODES) break;
      if (key.length > MAX_KEY_LENGTH || TRAPS.has(key) || isBadText(key)) {
        const name = withoutBadText(key.slice(0, 40));
        tell({ how: "left_out", message: `"${name}" cannot be a name in here.`, path: at });
        continue;
      }
      const copied = copy((part as Record<string, unknown>)[key], `${at}.${key}`, depth + 1);
      if (copied !== undefined) sorted[key] = copied;
    }
    return sorted;
  }

  return copyObject(value, path, 0);
}

/** What is said where characters are taken out of a text. */
export const BAD_TEXT_WORDS = "NUL and broken characters were taken out.";

/** The beginning of a text, at most so long, and no character cut in two. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, isHighSurrogate(text.charCodeAt(length - 1)) ? length - 1 : length);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
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

const BAD_TEXT = /[\0]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const ALL_BAD_TEXT = new RegExp(BAD_TEXT, "g");

function isBadText(text: string): boolean {
  return BAD_TEXT.test(text);
}

/** The text without what the database cannot keep. */
export function withoutBadText(text: string): string {
  return isBadText(text) ? text.replace(ALL_BAD_TEXT, "") : text;
}
