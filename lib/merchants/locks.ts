import { type Db, Prisma } from "@/lib/core/db";
import { assert } from "@/lib/core/errors";
import { type LockKind, lockRank } from "@/lib/core/statements/lock-order";

/**
 * The rows that are locked by their ids: of which kind they are, their table and their key, and the
 * order in which they are locked, where it is not that of their keys.
 */
const ROWS = {
  programs: ["program", "program", "id"],
  campaigns: ["campaign", "points_campaign", "id"],
  badges: ["badge", "badge", "id"],
  events: ["event", "event_inbox", "event_id"],
  customers: ["customer", "customer", "id"],
  orders: ["order", "shop_order", "id"],
  nominations: ["nomination", "nomination", "id"],
  /** Where the sweeps over all customers are, by the merchant's id. */
  sweeps: ["sweep", "loyalty_sweep", "merchant_id"],
  items: ["item", "catalogue_item", "id"],
  referrals: ["referral", "referral", "id", "program_id, id"],
  /** Types of events that count from browsers, by their names. */
  allowedEvents: ["allowed_event", "allowed_event", "type"],
  rewards: ["reward", "reward", "id"],
  payouts: ["payout", "payout_batch", "id"],
  pools: ["pool", "coupon_pool", "id"],
  /** The budgets of programs, by the programs' ids. */
  budgets: ["budget", "program_budget", "program_id"],
  advocates: ["advocate", "advocate", "id"],
  accounts: ["account", "ledger_account", "id"],
} as const satisfies Record<string, readonly [LockKind, string, string, string?]>;

/** What a merchant has one of, locked by its name. */
type OnlyOne = Extract<LockKind, "team" | "ladder" | "payout_number" | "season" | "outbox">;

/**
 * Locks of a transaction, held until it ends. All at once and in the order of ids: so two
 * transactions over the same rows never wait for each other. Ids that are not there lock nothing.
 * What was decided by is read in a statement after the lock: it then sees what others committed.
 */
export type Locks = { [Rows in keyof typeof ROWS]: (...ids: string[]) => Promise<void> } & {
  /** What several customers may share, by names as `sharedName` makes them. */
  shared(names: readonly string[]): Promise<void>;
  /** What the merchant has one of, against everybody. */
  alone(kind: OnlyOne): Promise<void>;
  /** The same together with others who only need that it stays as it is. */
  together(kind: OnlyOne): Promise<void>;
  /**
   * Locks what `work` locks, and lets go of all of it again when it finds that this was not enough:
   * what came to be needed meanwhile may be of an earlier kind.
   * @param work locks and reads; null when it was not enough
   */
  attempt<T>(work: () => Promise<T | null>): Promise<T | null>;
  /** Notes that a statement of one's own has locked rows of this kind. */
  took(kind: LockKind, ids: readonly string[]): void;
  /** Notes rows that this transaction makes: nobody else can hold them. */
  made(kind: LockKind, ids: readonly string[]): void;
};

/** Whether the order is checked: in tests. */
const isChecked = process.env.NODE_ENV === "test";

export function locksOf(db: Db, merchantId: string): Locks {
  let held = new Map<LockKind, Set<string>>();
  const made = (kind: LockKind, ids: readonly string[]): void => {
    const known = held.get(kind) ?? new Set();
    for (const id of ids) known.add(id);
    held.set(kind, known);
  };
  const took = (kind: LockKind, ids: readonly string[]): void => {
    if (isChecked) checkOrder(held, kind, ids);
    made(kind, ids);
  };
  const lock = async (kind: LockKind, ids: readonly string[], work: (ids: string[]) => unknown) => {
    const missing = [...new Set(ids)].filter((id) => !held.get(kind)?.has(id)).sort();
    if (missing.length === 0) return;
    took(kind, missing);
    await work(missing);
  };
  const rows = Object.entries(ROWS).map(([name, [kind, table, key, order = key]]) => [
    name,
    (...ids: string[]) =>
      lock(kind, ids, (missing) =>
        db.$queryRaw(rowsSql({ table, key, order }, merchantId, missing)),
      ),
  ]);
  return {
    ...(Object.fromEntries(rows) as Pick<Locks, keyof typeof ROWS>),
    took,
    made,
    shared: (names) =>
      lock(
        "shared",
        names,
        (missing) => db.$executeRaw`SELECT goodword_lock_shared(${missing}::text[])`,
      ),
    attempt: async (work) => {
      const before = new Map([...held].map(([kind, ids]) => [kind, new Set(ids)]));
      await db.$executeRaw`SAVEPOINT attempt`;
      const result = await work();
      if (result !== null) return result;
      await db.$executeRaw`ROLLBACK TO SAVEPOINT attempt`;
      held = before;
      return null;
    },
    alone: (kind) =>
      lock(kind, ["alone"], () =>
        db.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(${lockKey(merchantId, kind)})`),
      ),
    together: (kind) =>
      lock(kind, held.get(kind)?.has("alone") ? [] : ["together"], () =>
        db.$executeRaw(
          Prisma.sql`SELECT pg_advisory_xact_lock_shared(${lockKey(merchantId, kind)})`,
        ),
      ),
  };
}

/** The key of the lock of what a merchant has one of, for a statement that takes it itself. */
export function lockKey(merchantId: string, kind: OnlyOne): Prisma.Sql {
  return Prisma.sql`hashtextextended(${`${merchantId} ${kind}`}, 0)`;
}

function rowsSql(
  { table, key, order }: { table: string; key: string; order: string },
  merchantId: string,
  ids: readonly string[],
): Prisma.Sql {
  const [of, by] = [Prisma.raw(table), Prisma.raw(key)];
  return Prisma.sql`
    SELECT 1 FROM ${of} WHERE merchant_id = ${merchantId} AND ${by} = ANY(${ids}::text[])
    ORDER BY ${Prisma.raw(order)} FOR NO KEY UPDATE`;
}

/** @throws when rows of a later kind are held already, and these are not */
function checkOrder(
  held: ReadonlyMap<LockKind, ReadonlySet<string>>,
  kind: LockKind,
  ids: readonly string[],
): void {
  if (ids.every((id) => held.get(kind)?.has(id))) return;
  for (const [other, rows] of held)
    assert(
      rows.size === 0 || lockRank(other) <= lockRank(kind),
      `a ${kind} is locked while a lock of a later kind is held: ${other}`,
    );
  assert(!held.get(kind)?.has("together"), `a ${kind} held together with others is wanted alone`);
}
