import { Prisma } from "@/lib/core/db";
import { rowsAsJson } from "@/lib/core/statements/pending-writes";
import { type Query, readRows } from "@/lib/core/statements/query";
import type { Tx } from "@/lib/merchants/scope";
import { type Asked, askedRows } from "../rules/asked";

type Locked = Record<"shared" | "customers" | "orders" | "referrals", string[]>;

/**
 * Locks all that several events or requests may change of people: the names of what they say that
 * others may share, the customers whom they lead to, the orders that they name, and these
 * customers' referrals as friends. So nobody makes the same person known meanwhile, or comes to
 * share a key unseen. Whoever decides reads in the statement after it.
 */
export function lockAskedQuery(tx: Tx, asked: readonly Asked[]): Query<Locked> {
  const rows = askedRows(tx.merchantId, asked);
  return {
    sql: Prisma.sql`
      SELECT shared, customers, orders, referrals
      FROM goodword_lock_people(${tx.merchantId}, ${rowsAsJson(rows)}::jsonb)`,
    row: (row) => row,
  };
}

/** Notes what `lockAskedQuery` locked. @returns the ids of the customers */
export function lockedPeople(tx: Tx, { shared, customers, orders, referrals }: Locked): string[] {
  tx.lock.took("shared", shared);
  tx.lock.took("customer", customers);
  tx.lock.took("order", orders);
  tx.lock.took("referral", referrals);
  return customers;
}

/** Locks them with a statement of its own: see `lockAskedQuery`. @returns the customers' ids */
export async function lockAsked(tx: Tx, asked: readonly Asked[]): Promise<string[]> {
  const [locked] = await readRows(tx.db, lockAskedQuery(tx, asked));
  return lockedPeople(tx, locked!);
}
