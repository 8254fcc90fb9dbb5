import { Prisma } from "@/lib/core/db";
import { defineWrite } from "@/lib/core/statements/pending-writes";
import { addDays } from "@/lib/core/time";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { SignalKind } from "@/lib/terms/schema";
import { type HashedNetwork, hashNetwork, SIGHTING_DAYS } from "./rules/network";
import type { Reached } from "./rules/score";
import type { Signal } from "./signals/signal";

/**
 * Leaves a note to be written of the network from which somebody accepted an invitation or joined:
 * hashed, and for some days only.
 * @param sighting.id of the claim's event, or of its own
 * @param sighting.address of who asks, as far as it can be trusted
 */
export function noteNetwork(tx: Tx, { id, address }: { id: string; address: string }): void {
  const at = scopeNow(tx);
  const hashed = hashNetwork(tx.merchantId, address, at);
  if (hashed) tx.later(networkSightings, { id, ...hashed, at });
}

const networkSightings = defineWrite<HashedNetwork & { id: string; at: Date }>({
  name: "network_sightings",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO network_sighting (merchant_id, id, network, network_before, at)
    SELECT ${merchantId}, id, network, "networkBefore", at
    FROM json_to_recordset(${rows}) AS n (id text, network text, "networkBefore" text,
      at timestamptz)
    RETURNING 1`,
});

/** Forgets from which networks people came, once it can tell nothing any more. @returns how many */
export async function forgetNetworks(scope: Scope): Promise<number> {
  const before = addDays(scopeNow(scope), -SIGHTING_DAYS);
  return inScope(scope, async ({ db, merchantId }) => {
    const where = { merchantId, at: { lt: before } };
    return (await db.networkSighting.deleteMany({ where })).count;
  });
}

/** Whose bursts are to be counted again: of an advocate, or in the network of a sighting. */
export type Burst = { kind: "advocate" | "network"; ref: string };

/** Leaves notes to be written that a referral began, for whoever began at the same moment. */
export function noteBursts(tx: Tx, bursts: readonly (Burst & { since: Date })[]): void {
  const earliest = new Map<string, Burst & { since: Date }>();
  for (const burst of bursts) {
    const key = `${burst.kind} ${burst.ref}`;
    const known = earliest.get(key);
    if (!known || burst.since < known.since) earliest.set(key, burst);
  }
  tx.later(burstNotes, ...earliest.values());
}

const burstNotes = defineWrite<Burst & { since: Date }>({
  name: "burst_notes",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO burst_due (merchant_id, kind, ref, since, noted_in, noted_at)
    SELECT ${merchantId}, kind, ref, since, pg_current_xact_id()::text::bigint, now()
    FROM json_to_recordset(${rows}) AS n (kind text, ref text, since timestamptz)
    ON CONFLICT DO NOTHING RETURNING 1`,
});

/** A signal of a referral that begins. */
export type NewSignal = Omit<Signal, "kind"> & {
  kind: SignalKind;
  referralId: string;
  weight: number;
  reached: Reached;
};

/** Leaves signals of referrals that begin in this transaction to be written. */
export function addSignals(tx: Tx, signals: readonly NewSignal[]): void {
  tx.later(newSignals, ...signals.map((signal) => ({ ...signal, at: scopeNow(tx) })));
}

const newSignals = defineWrite<NewSignal & { at: Date }>({
  name: "new_signals",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO fraud_signal (merchant_id, referral_id, kind, severity, detail, weight, evidence,
      reached, at)
    SELECT ${merchantId}, "referralId", kind, severity, detail, weight, evidence, reached, at
    FROM json_to_recordset(${rows}) AS n ("referralId" text, kind text, severity text,
      detail text, weight int, evidence jsonb, reached text, at timestamptz)
    RETURNING 1`,
});
