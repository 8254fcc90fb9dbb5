import { friendsWithinADay } from "@/lib/attribution/queries";
import { Prisma } from "@/lib/core/db";
import { NOTHING, type Query } from "@/lib/core/statements/query";
import type { Scope, Tx } from "@/lib/merchants/scope";
import { MOST_IN_A_DAY } from "@/lib/terms/schema";
import type { Burst } from "../commands";

const A_DAY = Prisma.sql`interval '24 hours'`;

/** How many people came from the network of sighting `s` by then, in a day. */
function peopleWithinADay(merchantId: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT count(*)::int FROM (
      SELECT FROM network_sighting o
      WHERE o.merchant_id = ${merchantId} AND o.network IN (s.network, s.network_before)
        AND o.at > s.at - ${A_DAY} AND (o.at, o.id) <= (s.at, s.id)
      LIMIT ${MOST_IN_A_DAY}
    ) o)`;
}

/** How many people came from the network of a claim within the day before it. */
export type Crowd = { eventId: string; people: number };

/** Asks from how busy networks claims come, by their events. */
export function crowdsQuery({ merchantId }: Scope, claimIds: readonly string[]): Query<Crowd> {
  if (claimIds.length === 0) return NOTHING;
  return {
    sql: Prisma.sql`
      SELECT s.id AS "eventId", ${peopleWithinADay(merchantId)} AS people
      FROM network_sighting s
      WHERE s.merchant_id = ${merchantId} AND s.id = ANY(${[...claimIds]}::text[])`,
    row: (row) => row,
  };
}

/** A referral that began among others, of which no such signal was raised. */
export type InBurst = {
  referralId: string;
  programId: string;
  programVersion: number;
  arm: string | null;
  /** How many there were within the day before, itself included. */
  count: number;
};

/**
 * The referrals of a burst that began since some time, with how many others each began among: what
 * is counted is the same in whatever order they came to be known.
 */
export async function inBurst(tx: Tx, burst: Burst, since: Date): Promise<InBurst[]> {
  return burst.kind === "advocate" ? ofAdvocate(tx, burst.ref, since) : ofNetwork(tx, burst.ref);
}

const COLUMNS = Prisma.sql`r.id AS "referralId", r.program_id AS "programId",
  r.program_version AS "programVersion", r.arm`;

/** Where a signal can be raised that is not there yet. */
function isOpen(kind: string): Prisma.Sql {
  return Prisma.sql`r.state NOT IN ('clicked', 'rejected') AND NOT EXISTS (
    SELECT FROM fraud_signal f
    WHERE f.merchant_id = r.merchant_id AND f.referral_id = r.id AND f.kind = ${kind})`;
}

async function ofAdvocate(
  { db, merchantId }: Tx,
  advocateId: string,
  since: Date,
): Promise<InBurst[]> {
  const count = friendsWithinADay(merchantId, {
    advocateId: Prisma.sql`r.advocate_id`,
    at: Prisma.sql`r.joined_at`,
    upTo: Prisma.sql`(o.joined_at, o.id) <= (r.joined_at, r.id)`,
  });
  return db.$queryRaw<InBurst[]>`
    SELECT * FROM (
      SELECT ${COLUMNS}, ${count} AS count FROM referral r
      WHERE r.merchant_id = ${merchantId} AND r.advocate_id = ${advocateId}
        AND r.joined_at >= ${since} AND ${isOpen("fast_advocate")}
    ) r WHERE r.count > 1 ORDER BY "referralId"`;
}

async function ofNetwork({ db, merchantId }: Tx, sightingId: string): Promise<InBurst[]> {
  return db.$queryRaw<InBurst[]>`
    SELECT * FROM (
      SELECT ${COLUMNS}, ${peopleWithinADay(merchantId)} AS count
      FROM network_sighting n
      JOIN network_sighting s ON s.merchant_id = n.merchant_id AND s.at >= n.at
        AND n.network IN (s.network, s.network_before)
      JOIN event_outcome e ON e.merchant_id = s.merchant_id AND e.event_id = s.id
      JOIN referral r ON r.merchant_id = s.merchant_id AND r.id = e.referral_id
      WHERE n.merchant_id = ${merchantId} AND n.id = ${sightingId} AND ${isOpen("busy_network")}
    ) r WHERE r.count > 1 ORDER BY "referralId"`;
}
