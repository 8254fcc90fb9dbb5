import { type Share, Shares } from "../collections/shares";
import { DomainError } from "../errors";

/** What the tenants of one process share, and how much of it each may have. */
const SHARES = {
  /** Transactions of requests, out of the ten connections of the pool (`db.ts`). */
  transactions: { each: 7, all: 9, waiting: 500, waitMs: 10_000 },
  /** Reports, which are slow: they never take all of those connections. */
  reports: { each: 3, all: 6, waiting: 60, waitMs: 10_000 },
} satisfies Record<string, Share>;

type Shared = keyof typeof SHARES;

// Pages, actions and routes are bundled separately; on the global object they count together.
const globals = globalThis as typeof globalThis & { goodwordShares?: Map<Shared, Shares> };
const all = (globals.goodwordShares ??= new Map());

/**
 * Does some work within a tenant's share of what all tenants use.
 * @throws DomainError overloaded when the tenant has asked for far more than its share
 */
export function withinShare<T>(of: Shared, tenant: string, work: () => Promise<T>): Promise<T> {
  let shares = all.get(of);
  if (!shares) all.set(of, (shares = new Shares(SHARES[of])));
  return shares.within(tenant, work, tooMuch);
}

function tooMuch(): DomainError {
  return new DomainError(
    "overloaded",
    "Too much is asked of this shop at the same time. Try again in a moment.",
  );
}
