import { Prisma } from "../db";
import { zoneCourse } from "../time";

/** Beyond, a clock goes on as it did: nothing of a shop lies there. */
const BEYOND = Date.parse("2100-01-01T00:00:00Z");

/**
 * SQL for what a zone's clock showed at an instant, as a timestamp without a zone; its `::date` is
 * the day that `dateInZone` gives. The course of the zone is handed in: the database's own zones
 * are of another year than ours.
 * @param at an instant (timestamptz) of the statement
 */
export function clockSql(at: Prisma.Sql, timeZone: string): Prisma.Sql {
  const course = zoneCourse(timeZone)!;
  const changes = course.changes.filter((change) => change < BEYOND);
  const ahead = course.ahead.slice(0, changes.length + 1);
  // As subqueries the lists are read once, and not for each row.
  return Prisma.sql`(${at} AT TIME ZONE 'UTC'
    + (SELECT ${ahead.map((ms) => ms / 1000)}::int[])[width_bucket(${at},
      (SELECT ${changes.map((change) => new Date(change).toISOString())}::timestamptz[])) + 1]
    * interval '1 second')`;
}
