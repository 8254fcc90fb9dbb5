import { Prisma } from "@/lib/core/db";
import type { Needs } from "./needs";
import type { Moment, Past } from "./past";

/** How many people are read at a time. */
export const CHUNK = 500;

/**
 * The past as far as it is read. Events are kept by their id as well: one event that brings an
 * order and starts a referral is one moment.
 */
export type Reading = Past & { events: Map<string, Extract<Moment, { kind: "event" }>> };

/**
 * A condition on the referrals to read: those from before the range matter only where something
 * counts them.
 */
export function joinedInTime(fromAt: Date, untilAt: Date, { counts }: Needs): Prisma.Sql {
  return counts
    ? Prisma.sql`joined_at < ${untilAt}`
    : Prisma.sql`joined_at >= ${fromAt} AND joined_at < ${untilAt}`;
}

/** Adds an event to what was read, or completes it. @returns its moment */
export function addEvent(
  reading: Reading,
  {
    at,
    eventId,
    ...event
  }: {
    at: Date;
    eventId: string;
    customerId: string;
    type: string;
    country: string | null;
    channel: string | null;
    advocateId: string | null;
    earns?: boolean;
    counts?: boolean;
  },
): Extract<Moment, { kind: "event" }> {
  const known = reading.events.get(eventId);
  if (known) {
    // It is known by the order it brought or the referral it started; this is the event itself.
    if (event.type !== "") Object.assign(known, event);
    return known;
  }
  const moment: Extract<Moment, { kind: "event" }> = {
    kind: "event",
    at,
    key: eventId,
    eventId,
    ...event,
    orderId: null,
    startsReferral: false,
  };
  reading.events.set(eventId, moment);
  reading.moments.push(moment);
  return moment;
}
