import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/**
 * Each value is read by one function of this folder (and money.ts, time.ts beside it). A second
 * reader of the same value begins alike and ends differently, so none may be written elsewhere.
 */
const HERE = "lib/core/";

const READERS: Record<string, RegExp> = {
  "an email address": /z\.email\(|\.email\(\)|@\]\+|@\[\^|email\w*\.(?:trim\(\)\.)?toLowerCase\(/,
  "a code": /\b(?:code|said|coupon)\w*\??\.(?:trim\(\)\.)?toUpperCase\(|\\u2010-\\u2015|\\p\{Pd\}/i,
  "invisible characters": /Default_Ignorable|\\u200b/i,
  // Passwords of the database are prepared as its protocol says (RFC 4013).
  "full-width letters": /(?<!password\.)normalize\("NFKC"\)/,
  "a percentage or a decimal":
    /padEnd\([23], "0"\)|Math\.round\(Number\([^)]*\) \* 10+\)|\(percent\w*\) \* 100/,
  "a percentage, written": /String\(\w*\.?\w*(?:Bp|[bB]asisPoints) \/ 10+\)/,
  "a calendar day": /iso\.date\(|\\d\{4\}\)?-\\d(?:\{2\}|\\d)-\\d(?:\{2\}|\\d)\)?\$\//,
  "a local time":
    /timeZoneName: "(?:long|short)Offset"|startOfDateInZone\([^)]*\)\.getTime\(\) \+ /,
  // A runtime has its own decimals for a currency, and another version has others.
  "the decimals of a currency":
    /FractionDigits(?!\??:)|supportedValuesOf\("currency"\)|from "currency-codes/,
  "an amount, written": /style: "currency"/,
  // A database and a runtime have zones of different years; day cuts come from lib/core/zones.
  "the offset of a zone":
    /AT TIME ZONE (?!'UTC')|supportedValuesOf\("timeZone"\)|from "moment-timezone/i,
  // Pages say the day on which reports count: lib/core/zones/format.ts.
  "a time in a zone, written": /DateTimeFormat\([^)]*timeZone(?!: "UTC")(?!.*resolved)/,
  "a search pattern": /\[\\\\%_\]|\[%_\\\\\]|mode: "insensitive"|`%\$\{/,
};

/** Values that have one home within lib/core, too. */
const EVERYWHERE = new Set(["the decimals of a currency", "the offset of a zone"]);
const HOMES = /^lib\/core\/(?:values\/currency|zones\/)/;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) ? [path] : [];
  });
}

it.each(Object.entries(READERS))("%s is read in lib/core only", (value, pattern) => {
  const elsewhere = ["app", "components", "lib"]
    .flatMap(sources)
    .filter((path) => !path.startsWith(HERE) || (EVERYWHERE.has(value) && !HOMES.test(path)))
    .flatMap((path) =>
      readFileSync(path, "utf8")
        .split("\n")
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line}`] : [])),
    );
  expect(elsewhere).toEqual([]);
});
