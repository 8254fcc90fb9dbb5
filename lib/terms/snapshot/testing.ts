import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Terms as they were stored before this folder existed, and what the code of that time made of
 * them. New code has to read them the same and decide the same.
 */

const file = (name: string) => path.join(import.meta.dirname, `${name}.json`);

/** Reads a fixture; bigints and dates are `{ "$n": "1" }` and `{ "$d": "2026-…" }` in it. */
export function readFixture<T>(name: "terms" | "decisions" | "wording"): T {
  return JSON.parse(readFileSync(file(name), "utf8"), (_, value: unknown) => {
    if (value !== null && typeof value === "object") {
      if ("$n" in value) return BigInt(value.$n as string);
      if ("$d" in value) return new Date(value.$d as string);
    }
    return value;
  }) as T;
}

/** Writes a fixture, one entry a line, so that a deliberate change is a diff that can be read. */
export function writeFixture(name: "decisions" | "wording", entries: Record<string, unknown>) {
  const lines = Object.entries(entries).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(plain(value), null, 1)}`,
  );
  writeFileSync(file(name), `{\n${lines.join(",\n")}\n}\n`);
}

/** A value as JSON has it: bigints as digits, dates as ISO 8601, sets as sorted lists. */
export function plain(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Set) return [...value].map(plain).sort();
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, plain(inner)]),
  );
}

/** A short fingerprint of a value, whatever the order of its keys. */
export function digest(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(plain(value))))
    .digest("hex")
    .slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
