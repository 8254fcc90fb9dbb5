import type { JsonSchema } from "@/lib/auth/matrix/generated/values";

/** A schema with the limits that say how large a value may be. */
type Limited = JsonSchema & { maxItems?: number; maxLength?: number };

/** How much of a body any route takes, with some room left: values, and characters of text. */
const MOST = { values: 9_500, characters: 900_000 };
const MOST_LEVELS = 20;
/** Where a schema does not say how many. */
const ITEMS = 1_000;
const LENGTH = 200;

/** The largest value that a schema takes, as far as the limits for every body let it grow. */
export function largestOf(schema: JsonSchema, schemas: Readonly<Record<string, JsonSchema>>) {
  const left = { ...MOST };
  const make = (given: Limited, level: number): unknown => {
    left.values -= 1;
    const name = given.$ref?.split("/").at(-1);
    if (name !== undefined) return make(schemas[name]!, level);
    if (given.const !== undefined) return given.const;
    if (given.enum) return given.enum.at(-1);
    const options = given.anyOf ?? given.oneOf;
    // The one with the most in it; deep down, the plainest.
    if (options)
      return make(
        options.toSorted(bySize)[level < MOST_LEVELS ? 0 : options.length - 1]!,
        level + 1,
      );
    switch (Array.isArray(given.type) ? given.type[0] : given.type) {
      case "object":
        return Object.fromEntries(
          Object.entries(given.properties ?? {})
            .filter(([key]) => level < MOST_LEVELS || given.required?.includes(key))
            .map(([key, part]) => [key, make(part, level + 1)]),
        );
      case "array": {
        const items: unknown[] = [];
        const most = level < MOST_LEVELS ? (given.maxItems ?? ITEMS) : 0;
        while (items.length < most && left.values > 0 && left.characters > 0)
          items.push(make(given.items ?? {}, level + 1));
        return items;
      }
      case "integer":
      case "number":
        return given.maximum ?? 1_000;
      case "boolean":
        return true;
      case "null":
        return null;
      default:
        return text(given);
    }
  };
  const text = ({ format, maxLength = LENGTH }: Limited): string => {
    if (format === "date-time") return "2026-11-20T12:00:00Z";
    if (format === "email") return "ana@example.com";
    const length = Math.max(1, Math.min(maxLength, left.characters));
    left.characters -= length;
    return "x".repeat(length);
  };
  return make(schema, 0);
}

function bySize(one: JsonSchema, other: JsonSchema): number {
  return JSON.stringify(other).length - JSON.stringify(one).length;
}
