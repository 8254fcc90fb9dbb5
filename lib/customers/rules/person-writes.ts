import type { KeyProof, SaidKey } from "./keys";

/** A customer who is made known, with the totals of their orders so far. */
export type NewCustomer = {
  id: string;
  externalId: string | null;
  email: string | null;
  emailIdentity: string | null;
  name: string | null;
  locale: string | null;
  traits: Record<string, unknown>;
  createdAt: Date;
  firstSeenAt: Date;
  orderCount: number;
  revenueMinor: bigint;
  firstOrderAt: Date | null;
  lastOrderAt: Date | null;
};

/** What changes of a customer; a null leaves what is on record. */
export type CustomerChange = Pick<
  NewCustomer,
  | "id"
  | "externalId"
  | "email"
  | "emailIdentity"
  | "name"
  | "locale"
  | "firstOrderAt"
  | "lastOrderAt"
> & {
  firstSeenAt: Date | null;
  traits: Record<string, unknown> | null;
  /** What orders add to their totals; the times of orders are those of these. */
  ordersAdded: number;
  revenueAddedMinor: bigint;
};

/** What is to be written of one person: composed in memory, at most one row of `customer` each. */
export type PersonWrites = {
  insert: NewCustomer | null;
  change: CustomerChange | null;
  keys: (SaidKey & {
    customerId: string;
    firstSeenAt: Date;
    provenBy: KeyProof | null;
    provenAt: Date | null;
  })[];
  noted: { customerId: string; id: string; notedAt: Date }[];
  browsers: { customerId: string; visitorId: string; linkedAt: Date; proven: boolean }[];
};

/** A change of a customer that changes nothing yet. */
export function noChange(id: string): CustomerChange {
  return {
    id,
    externalId: null,
    email: null,
    emailIdentity: null,
    name: null,
    locale: null,
    traits: null,
    firstSeenAt: null,
    ordersAdded: 0,
    revenueAddedMinor: 0n,
    firstOrderAt: null,
    lastOrderAt: null,
  };
}

export function noWrites(): PersonWrites {
  return { insert: null, change: null, keys: [], noted: [], browsers: [] };
}

/** What new orders add to what is kept of all orders of a customer. */
export type AddedOrders = {
  customerId: string;
  orders: number;
  revenueMinor: bigint;
  /** Of those that stand. */
  firstOrderAt: Date | null;
  lastOrderAt: Date;
};

/** The writes of a person with what orders add, so that one row of `customer` is written once. */
export function withOrders(
  writes: PersonWrites,
  { customerId, orders, revenueMinor, firstOrderAt, lastOrderAt }: AddedOrders,
): PersonWrites {
  const { insert, change } = writes;
  if (insert) {
    const totals = { orderCount: orders, revenueMinor, firstOrderAt, lastOrderAt };
    return { ...writes, insert: { ...insert, ...totals } };
  }
  const totals = {
    ordersAdded: orders,
    revenueAddedMinor: revenueMinor,
    firstOrderAt,
    lastOrderAt,
  };
  return { ...writes, change: { ...(change ?? noChange(customerId)), ...totals } };
}
