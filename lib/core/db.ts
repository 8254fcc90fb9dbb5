import { hash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { type CustomTypesConfig, Pool, type PoolConfig, types } from "pg";
import { Prisma, PrismaClient } from "@/prisma/generated/client";
import { type DatabaseRole, isPooled, roleAddress } from "./database/address";
import { STATEMENT_MS } from "./database/settings";
import { LargeTextClient } from "./statements/large-texts";

export type { DatabaseRole };

/** What a query runs on: a client inside a transaction. */
export type Db = Prisma.TransactionClient;

/**
 * Parses 64-bit integers to bigint. Only for our own pools: Prisma's adapter parses the driver's
 * text itself.
 */
const exactIntegers: CustomTypesConfig = {
  getTypeParser: (type, format) =>
    type === types.builtins.INT8 && format !== "binary"
      ? BigInt
      : types.getTypeParser(type, format),
};

type Connections = { prisma: Map<DatabaseRole, PrismaClient>; pools: Map<DatabaseRole, Pool> };

// `next dev` reloads modules on each change; on the global object, connections survive that.
const globals = globalThis as typeof globalThis & { goodwordConnections?: Connections };
const connections: Connections = (globals.goodwordConnections ??= {
  prisma: new Map(),
  pools: new Map(),
});

/** How long one waits for a connection, whether the database is away or all are taken. */
const CONNECTION_MS = 10_000;
/** How long a transaction may last. */
const TRANSACTION_MS = 60_000;

function shared(role: DatabaseRole) {
  return {
    connectionString: roleAddress(role),
    max: role === "goodword_app" ? 10 : 4,
    connectionTimeoutMillis: CONNECTION_MS,
  };
}

/**
 * Statement names by SQL text. There are as many as the code has statements, except where a list of
 * varying length is part of the text.
 */
const prepared = new Map<string, string>();
const MOST_PREPARED = 1_000;

/**
 * The name under which each connection prepares a statement once. It is derived from the text,
 * since all copies of this module share a connection. Empty once a process has seen too many:
 * those are planned each time.
 */
function preparedName(sql: string): string {
  const known = prepared.get(sql);
  if (known !== undefined) return known;
  if (prepared.size >= MOST_PREPARED) return "";
  const name = hash("sha256", sql, "hex").slice(0, 40);
  prepared.set(sql, name);
  return name;
}

const optionsOf = (role: DatabaseRole) =>
  `-c timezone=UTC -c statement_timeout=${STATEMENT_MS[role]}`;

/**
 * Settings that a connection begins with. A pooler in transaction mode takes none; behind it hold
 * those of the database, which `db:migrate` sets.
 */
function startingWith(options: string): { options?: string } {
  return isPooled() ? {} : { options };
}

/**
 * The name under which a hot path's statement is prepared once on each connection; none behind a
 * pooler in transaction mode, where the next statement may run on another connection.
 */
export function preparedAs(name: string): { name?: string } {
  return isPooled() ? {} : { name };
}

/** The Prisma client of a role. */
export function prismaFor(role: DatabaseRole): PrismaClient {
  let client = connections.prisma.get(role);
  if (!client) {
    const adapter = new PrismaPg(
      {
        ...shared(role),
        ...startingWith(optionsOf(role)),
        Client: LargeTextClient,
      } as PoolConfig,
      isPooled() ? {} : { statementNameGenerator: ({ sql }) => preparedName(sql) },
    );
    client = new PrismaClient({
      adapter,
      transactionOptions: { maxWait: CONNECTION_MS, timeout: TRANSACTION_MS },
    });
    connections.prisma.set(role, client);
  }
  return client;
}

/** A plain connection pool of a role, for hot paths that write their own SQL. */
export function poolFor(role: DatabaseRole): Pool {
  let pool = connections.pools.get(role);
  if (!pool) {
    pool = new Pool({
      ...shared(role),
      types: exactIntegers,
      // Hot paths prepare their statements: planning one would cost as much as running it.
      ...startingWith(`${optionsOf(role)} -c plan_cache_mode=force_generic_plan`),
    });
    // A connection that breaks while idle (a database restart) is replaced on its next use; without
    // a listener, its error would end the process.
    pool.on("error", () => {});
    connections.pools.set(role, pool);
  }
  return pool;
}

/** Closes every connection; for a process that is ending. */
export async function closeConnections(): Promise<void> {
  const prisma = [...connections.prisma.values()];
  const pools = [...connections.pools.values()];
  connections.prisma.clear();
  connections.pools.clear();
  await Promise.all([
    ...prisma.map((client) => client.$disconnect()),
    ...pools.map((pool) => pool.end()),
  ]);
}

export { Prisma };
