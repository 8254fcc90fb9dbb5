import meta from "moment-timezone/data/meta/latest.json" with { type: "json" };
import packed from "moment-timezone/data/packed/latest.json" with { type: "json" };
import type { ZoneCourse, ZoneData } from "./course";

/**
 * The time zones of the IANA database, from data that are part of the product (those of
 * moment-timezone; none of its code). Runtimes and databases bring their own, of other years: Node
 * and PostgreSQL disagree on Vancouver after November 2026, and an order would lie on two days.
 */

/** By name in lower case: the name as it is written, and the packed course. */
const packedZones = new Map<string, { name: string; packed: string }>();
/** By name in lower case: all names whose clocks always showed the same, the data's own first. */
const sameClocks = new Map<string, string[]>();

for (const entry of packed.zones) {
  const name = entry.slice(0, entry.indexOf("|"));
  packedZones.set(name.toLowerCase(), { name, packed: entry });
  sameClocks.set(name.toLowerCase(), [name]);
}
for (const link of packed.links) {
  const [target, name] = link.split("|") as [string, string];
  const { packed } = packedZones.get(target.toLowerCase())!;
  packedZones.set(name.toLowerCase(), { name, packed });
  const group = sameClocks.get(target.toLowerCase())!;
  group.push(name);
  sameClocks.set(name.toLowerCase(), group);
}

/** Places by today's names, as the database lists them for people to choose from. */
const TODAY = new Set(["UTC", ...Object.keys(meta.zones)]);

/** Old names of places whose clock is also that of other places. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "Africa/Timbuktu": "Africa/Bamako",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Virgin": "America/St_Thomas",
  "Antarctica/South_Pole": "Antarctica/McMurdo",
  "Atlantic/Jan_Mayen": "Arctic/Longyearbyen",
  Iceland: "Atlantic/Reykjavik",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
  "Pacific/Yap": "Pacific/Chuuk",
  Singapore: "Asia/Singapore",
};

const UTC_NAMES = /^(?:etc\/)?(?:utc|uct|gmt[+-]?0?|universal|zulu|greenwich)$/i;

/** Courses are unpacked when they are asked for. */
const courses = new Map<string, ZoneCourse>();

export const ZONES: ZoneData = {
  courseOf(zone) {
    const known = courses.get(zone);
    if (known) return known;
    const entry = packedZones.get(zone.toLowerCase());
    const course = entry ? unpack(entry.packed) : readOffset(zone);
    if (!course) return null;
    courses.set(zone, course);
    return course;
  },
  nameOf(zone) {
    const name = packedZones.get(zone.toLowerCase())?.name;
    if (name === undefined || TODAY.has(name)) return name ?? null;
    if (UTC_NAMES.test(name)) return "UTC";
    const known = OLD_NAMES[name];
    if (known !== undefined) return known;
    // A zone that is no place, such as Etc/GMT-5, is called what it is.
    return sameClocks.get(zone.toLowerCase())!.find((other) => TODAY.has(other)) ?? name;
  },
  names: () => [...TODAY],
};

/** "+05:30", which some runtimes take for a zone. */
function readOffset(zone: string): ZoneCourse | null {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) return null;
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { changes: [], ahead: [sign === "-" ? -size : size] };
}

/**
 * "name|abbreviations|offsets|which of them, one after the other|minutes in between": offsets in
 * minutes west of UTC, numbers to the base of 60.
 */
function unpack(entry: string): ZoneCourse {
  const [, , offsets = "", order = "", gaps = ""] = entry.split("|");
  const west = offsets.split(" ").map(readBase60);
  const ahead = [...order].map((digit) => -Math.round(west[readBase60(digit)]! * 60) * 1000);
  const changes: number[] = [];
  for (const gap of gaps.split(" ").slice(0, order.length - 1))
    changes.push(Math.round((changes.at(-1) ?? 0) + readBase60(gap) * 60_000));
  return { changes, ahead };
}

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX";

function readBase60(text: string): number {
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = (negative ? text.slice(1) : text).split(".");
  let value = 0;
  for (const digit of whole) value = value * 60 + DIGITS.indexOf(digit);
  let part = 1;
  for (const digit of fraction) {
    part /= 60;
    value += DIGITS.indexOf(digit) * part;
  }
  return negative ? -value : value;
}
