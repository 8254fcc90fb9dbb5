import { expect, it } from "vitest";
import { Prisma, prismaFor } from "../db";
import { dateInZone, startOfDateInZone, zoneCourse, zoneName, zoneNames } from "../time";
import { clockSql } from "./sql";

const WEEK = 7 * 86_400_000;
const [FROM, TO] = [Date.parse("2015-01-01T00:00:00Z"), Date.parse("2036-01-01T00:00:00Z")];

/** Every week from 2015 to 2035, and both sides of each change of the clock. */
function instantsOf(zone: string): Date[] {
  const weekly = Array.from({ length: Math.ceil((TO - FROM) / WEEK) }, (_, n) => FROM + n * WEEK);
  const changes = zoneCourse(zone)!.changes.filter((at) => at > FROM && at < TO);
  const midnights = changes.map((at) =>
    startOfDateInZone(new Date(at).toISOString().slice(0, 10), zone).getTime(),
  );
  return [...weekly, ...[...changes, ...midnights].flatMap((at) => [at - 1, at])].map(
    (at) => new Date(at),
  );
}

async function daysInDatabase(zone: string, instants: readonly Date[]): Promise<string[]> {
  const db = prismaFor("goodword_app");
  const rows = await db.$queryRaw<{ day: string }[]>`
    SELECT to_char(${clockSql(Prisma.sql`at`, zone)}::date, 'YYYY-MM-DD') AS day
    FROM unnest(${instants.map((at) => at.toISOString())}::timestamptz[])
      WITH ORDINALITY AS i (at, n)
    ORDER BY n`;
  return rows.map(({ day }) => day);
}

it("cuts the same days in SQL and in code, in every zone, from 2015 to 2035", async () => {
  const zones = [...zoneNames(), "Asia/Calcutta", "US/Pacific", "Etc/GMT-5"];
  expect(zones.length).toBeGreaterThan(400);
  for (const zone of zones) {
    const instants = instantsOf(zone);
    expect(await daysInDatabase(zone, instants), zone).toEqual(
      instants.map((at) => dateInZone(at, zone)),
    );
  }
});

it("puts an order of a winter night in Vancouver on one day", async () => {
  // By what British Columbia decided: since November 2026 its clocks stay on UTC-7.
  const night = new Date("2026-12-15T07:30:00Z");
  expect(dateInZone(night, "America/Vancouver")).toBe("2026-12-15");
  expect(await daysInDatabase("America/Vancouver", [night])).toEqual(["2026-12-15"]);
  expect(startOfDateInZone("2026-12-15", "America/Vancouver").toISOString()).toBe(
    "2026-12-15T07:00:00.000Z",
  );
});

it("gives an old name the clock of today's", () => {
  const at = new Date("2031-06-01T20:00:00Z");
  for (const old of ["Asia/Calcutta", "Europe/Kiev", "Asia/Saigon", "America/Buenos_Aires"])
    expect(dateInZone(at, old)).toBe(dateInZone(at, zoneName(old)));
});
