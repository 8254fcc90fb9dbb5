import { type Db, Prisma, prismaFor } from "@/lib/core/db";
import { assert, DomainError } from "@/lib/core/errors";
import { type Asset, currencyAsset } from "@/lib/core/money";
import { PendingWrites, type Write, writingFirst } from "@/lib/core/statements/pending-writes";
import { withinShare } from "@/lib/core/database/shares";
import { systemNow } from "@/lib/core/time";
import { type Locks, locksOf } from "./locks";
import type { SignedIn } from "./rules/provenance";
import { requireSameRole } from "./queries/role-now";
import { type MemberPermission, type Role, roleAllows } from "./rules/roles";

/** Who is acting: `id` and `label` go into the audit log. `system` is the product itself. */
export type Actor =
  | { kind: "member"; id: string; label: string; role: Role }
  /** `provenance`: how their session began; without one they are not signed in. */
  | { kind: "customer"; id: string; label: string; provenance?: SignedIn }
  | { kind: "key"; id: string; label: string; key: "secret" | "publishable" }
  | { kind: "system"; id: string; label: string };

/** The properties of a merchant that every command needs. */
export type ScopeMerchant = {
  id: string;
  slug: string;
  sandboxOfId: string | null;
  currency: string;
  timeZone: string;
  clockOffsetMs: bigint;
};

/** The columns of a merchant from which a scope is minted. */
export const SCOPE_COLUMNS = {
  id: true,
  slug: true,
  sandboxOfId: true,
  currency: true,
  timeZone: true,
  clockOffsetMs: true,
} as const satisfies Record<keyof ScopeMerchant, true>;

declare const proof: unique symbol;

/**
 * The proof that someone may act for a merchant: the first argument of every query and command.
 * Only sessions, API keys and the worker mint one (see `mintScope`'s importers, checked by the
 * structure test).
 */
export type Scope = {
  readonly [proof]: true;
  readonly merchantId: string;
  readonly merchantSlug: string;
  /** True in test mode. A sandbox is a tenant of its own, and its figures are never counted. */
  readonly isSandbox: boolean;
  readonly asset: Asset;
  readonly currency: string;
  readonly timeZone: string;
  readonly actor: Actor;
  readonly clockOffsetMs: bigint;
  /** The open transaction, inside `inScope`. */
  readonly db?: Db;
};

/**
 * A scope with its open transaction. A command takes a `Scope` and opens one; a step takes a `Tx`
 * and is part of one.
 */
export type Tx = Scope & {
  /** Asks and writes at once; before it does, it writes what was left for later. */
  readonly db: Db;
  /** Locks rows until the transaction ends, in the one order that all transactions keep. */
  readonly lock: Locks;
  /** Leaves rows to be written with whatever else waits, in one statement. */
  later<Row extends object>(write: Write<Row>, ...rows: readonly Row[]): void;
  /** The rows left for this write that are not written yet: they may still be changed. */
  waiting<Row extends object>(write: Write<Row>): readonly Row[];
  /** Reads beside what was left for later, and does not see it. */
  readonly dbBefore: Db;
  /** See `gathered`. */
  readonly gathering: Map<LastStep, { value: unknown; finish(): Promise<void> }>;
};

/** Steps that change rows which many want to change, in the order in which everyone takes them. */
const LAST_STEPS = ["counts", "arms", "books", "scores"] as const;
export type LastStep = (typeof LAST_STEPS)[number];

/** Makes a scope. Only for `lib/auth`, API keys, hot paths and the worker. */
export function mintScope(merchant: ScopeMerchant, actor: Actor): Scope {
  assert(
    merchant.sandboxOfId !== null || merchant.clockOffsetMs === 0n,
    "only a sandbox moves its clock",
  );
  return {
    merchantId: merchant.id,
    merchantSlug: merchant.slug,
    isSandbox: merchant.sandboxOfId !== null,
    asset: currencyAsset(merchant.currency),
    currency: merchant.currency,
    timeZone: merchant.timeZone,
    clockOffsetMs: merchant.clockOffsetMs,
    actor,
  } as Scope;
}

/**
 * The merchant's current time: the system's, or in a sandbox as far ahead as its clock was moved.
 */
export function scopeNow(scope: Scope): Date {
  return new Date(systemNow().getTime() + Number(scope.clockOffsetMs));
}

/** How long a snapshot may last, and a statement of the product's own: as its transaction. */
const SNAPSHOT_MS = 30 * 60_000;
const OWN_STATEMENT_MS = 60_000;

/**
 * Runs `work` in one transaction that sees and writes only this merchant's rows. Called within
 * another `inScope` (with the scope it handed on), it joins that transaction, so commands compose
 * and commit together. A member's role is read again first: what they may do was decided before.
 * @param options.snapshot for long reading: all is seen as it was at first, for half an hour
 * @param options.enter a first statement of one's own, which sets `app.merchant_id` itself
 * @throws DomainError forbidden for a member who left the team or got another role; overloaded
 * when requests of this merchant hold their share of connections
 */
export async function inScope<T>(
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
  options: { snapshot?: boolean; enter?: (db: Db) => Promise<void> } = {},
): Promise<T> {
  if (scope.db) {
    await options.enter?.(scope.db);
    return work(scope as Tx);
  }
  const open = () =>
    prismaFor("goodword_app").$transaction(
      async (db) => {
        if (options.enter) await options.enter(db);
        else await enterTenant(db, scope, options.snapshot ?? false);
        await requireSameRole(db, scope);
        const pending = new PendingWrites(db, scope.merchantId);
        return finished(openTx(scope, db, pending), pending, work);
      },
      options.snapshot ? { isolationLevel: "RepeatableRead", timeout: SNAPSHOT_MS } : {},
    );
  // The product's own work keeps its own order between tenants.
  if (scope.actor.kind === "system") return open();
  return withinShare("transactions", scope.merchantId, open);
}

/** Enters the tenant, and gives work that nobody waits for at a page longer for its statements. */
async function enterTenant(db: Db, scope: Scope, snapshot: boolean): Promise<void> {
  const merchant = Prisma.sql`set_config('app.merchant_id', ${scope.merchantId}, true)`;
  const most = snapshot ? SNAPSHOT_MS : scope.actor.kind === "system" ? OWN_STATEMENT_MS : null;
  await db.$executeRaw(
    most === null
      ? Prisma.sql`SELECT ${merchant}`
      : Prisma.sql`SELECT ${merchant}, set_config('statement_timeout', ${String(most)}, true)`,
  );
}

/**
 * Runs `work` for another tenant in the transaction of `tx`, so that both are committed together.
 * @param other minted for that tenant: whoever has it may act there
 */
export async function inTenant(
  tx: Tx,
  other: Scope,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  const { db, dbBefore } = tx;
  await db.$executeRaw`SELECT set_config('app.merchant_id', ${other.merchantId}, true)`;
  const pending = new PendingWrites(dbBefore, other.merchantId);
  await finished(openTx(other, dbBefore, pending), pending, work);
  await db.$executeRaw`SELECT set_config('app.merchant_id', ${tx.merchantId}, true)`;
}

async function finished<T>(
  tx: Tx,
  pending: PendingWrites,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const result = await work(tx);
  for (const step of LAST_STEPS) await finishNow(tx, step);
  await pending.flush();
  return result;
}

function openTx(scope: Scope, dbBefore: Db, pending: PendingWrites): Tx {
  const db = writingFirst(dbBefore, pending);
  return {
    ...scope,
    db,
    dbBefore,
    lock: locksOf(db, scope.merchantId),
    later: (write, ...rows) => pending.add(write, rows),
    waiting: (write) => pending.of(write),
    gathering: new Map(),
  };
}

/**
 * What a transaction gathers for its end, when it is done once, just before it commits: so that
 * others wait for its locks for a moment and not for all of the transaction.
 * @param empty made when the first asks
 * @param finish does what has come together by then
 */
export function gathered<Value>(
  { gathering }: Tx,
  step: LastStep,
  empty: () => Value,
  finish: (value: Value) => Promise<void>,
): Value {
  const known = gathering.get(step);
  if (known) return known.value as Value;
  const value = empty();
  gathering.set(step, { value, finish: () => finish(value) });
  return value;
}

/** Does at once what was gathered for a step of the end, if anything was. */
export async function finishNow({ gathering }: Tx, step: LastStep): Promise<void> {
  const waiting = gathering.get(step);
  gathering.delete(step);
  await waiting?.finish();
}

/**
 * @throws DomainError forbidden unless the actor is a member whose role allows it, a secret key, or
 * the product itself.
 */
export function requirePermission(scope: Scope, permission: MemberPermission): void {
  if (!scopeAllows(scope, permission)) {
    throw new DomainError(
      "forbidden",
      "Your role does not allow this. Ask an owner or admin of the shop.",
    );
  }
}

/** The same question, for menus and buttons. */
export function scopeAllows(scope: Scope, permission: MemberPermission): boolean {
  const { actor } = scope;
  if (actor.kind === "member") return roleAllows(actor.role, permission);
  if (actor.kind === "key") return actor.key === "secret";
  return actor.kind === "system";
}
