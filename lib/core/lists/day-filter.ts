import { Prisma } from "../db";
import { startOfDateInZone } from "../time";
import { shiftDay } from "../values/day";

/** What `dayFilter` reads. */
type DayFilter = { from?: string | undefined; to?: string | undefined };

/** The days of a filter as instants, half-open, as Prisma asks for them. */
export function withinDays({ from, to }: DayFilter, timeZone: string): { gte?: Date; lt?: Date } {
  return {
    ...(from !== undefined && { gte: startOfDateInZone(from, timeZone) }),
    ...(to !== undefined && { lt: startOfDateInZone(shiftDay(to, 1), timeZone) }),
  };
}

/** The same as conditions on a column: none, one or two. */
export function daysOf(column: Prisma.Sql, filter: DayFilter, timeZone: string): Prisma.Sql[] {
  const { gte, lt } = withinDays(filter, timeZone);
  return [
    ...(gte ? [Prisma.sql`${column} >= ${gte}`] : []),
    ...(lt ? [Prisma.sql`${column} < ${lt}`] : []),
  ];
}
