import { parseSync } from "@swc/core";
import { isSafePattern } from "redos-detector";
import { expect, it } from "vitest";
import { readSources } from "./sources";

/**
 * Files with patterns that may try many ways over one text, and what keeps that text short. A new
 * one is either written so that it tries few, or its text is bounded first and its file put here.
 */
const BOUNDED: Record<string, string> = {
  "lib/core/env.ts": "addresses that the operator sets",
  "lib/core/i18n/translator.ts": "messages of ours",
  "lib/core/internet/ip-address.ts": "begins only at the beginning, or at a percent sign",
  "lib/core/log.ts": "ends what it begins",
  "lib/core/statements/pending-writes.ts": "begins only where a row of backslashes begins",
  "lib/core/time.ts": "parts of different letters, each once",
  "lib/core/values/code.ts": "at most 400 characters",
  "lib/core/values/decimal.ts": "digits of a number",
  "lib/core/values/email.ts": "at most 1,000 characters",
  "lib/core/values/percent.ts": "at most 100 characters",
  "lib/core/values/quantity.ts": "digits of a number",
  "lib/customers/rules/contact.ts": "at most 1,000 characters",
  "lib/customers/rules/names.ts": "at most 1,000 characters",
  "lib/events/rules/click.ts": "begins only at the beginning",
  "lib/events/rules/read-order.ts": "digits of a number",
  "lib/merchants/rules/chosen-password.ts": "at most 200 characters",
  "lib/merchants/rules/slug.ts": "at most 200 characters",
  "lib/messaging/commands/smtp.ts": "an address that the operator sets",
};

/** What nobody outside can send anything to. */
const NOT_SERVED = [
  /\/testing(?:\/|\.ts)|^lib\/auth\/matrix\/|^prisma\//,
  /^lib\/operations\/(?:bench|database|figures|postgres|processes|demo)/,
];

type Node = { type?: string; pattern?: string; flags?: string };

function patternsIn(node: unknown): Node[] {
  if (typeof node !== "object" || node === null) return [];
  const own = (node as Node).type === "RegExpLiteral" ? [node as Node] : [];
  return [...own, ...Object.values(node).flatMap(patternsIn)];
}

function triesFew({ pattern = "", flags = "" }: Node): boolean {
  return isSafePattern(pattern, {
    unicode: /[uv]/.test(flags),
    caseInsensitive: flags.includes("i"),
    dotAll: flags.includes("s"),
    multiLine: flags.includes("m"),
    maxSteps: 20_000,
  }).safe;
}

it("has no pattern that tries many ways over a long text that somebody sends", () => {
  const served = readSources(process.cwd()).filter(
    ({ path, isTest }) =>
      !isTest && /\.tsx?$/.test(path) && !NOT_SERVED.some((place) => place.test(path)),
  );
  const found = new Map<string, string[]>();
  let patterns = 0;
  for (const { path, lines } of served) {
    const parsed = parseSync(lines.join("\n"), { syntax: "typescript", tsx: path.endsWith("x") });
    for (const node of patternsIn(parsed)) {
      patterns += 1;
      if (!triesFew(node)) found.set(path, [...(found.get(path) ?? []), node.pattern!]);
    }
  }
  expect(patterns).toBeGreaterThan(150);
  const unbounded = [...found].filter(([path]) => !BOUNDED[path]);
  expect(unbounded).toEqual([]);
  // A file whose patterns were mended leaves the list.
  expect(Object.keys(BOUNDED).filter((path) => !found.has(path))).toEqual([]);
});
