import { createServer } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { closeConnections, prismaFor } from "@/lib/core/db";
import { isPassing } from "@/lib/core/errors";
import { inScope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { ROUTES } from "./routes";
import type { RouteEntry } from "./routes/entry";
import { openShop } from "./testing/open-shop";
import type { Shop } from "./testing/shop";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

const modules = import.meta.glob<Record<string, Handler>>("/app/api/v1/**/route.ts");
const guarded = Object.entries(ROUTES).filter(
  (route): route is [string, Exclude<RouteEntry, { open: string }>] => !("open" in route[1]),
);
const present = process.env.DATABASE_URL!;
let shop: Shop;

beforeAll(async () => {
  shop = await openShop("harbour");
});
afterAll(closeConnections);

/** Lets what follows go to this address instead of the database. */
async function connectTo(url: string): Promise<void> {
  await closeConnections();
  process.env.DATABASE_URL = url;
}

/** A port on which nobody listens: one that was free a moment ago. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What a route answers to the shop's own key, unless it is a clear "come back later". */
async function unclear([name, entry]: (typeof guarded)[number]): Promise<string | null> {
  const [method, path] = name.split(" ") as [string, string];
  const body = entry.body?.(shop);
  const response = await (
    await modules[`/app${path}/route.ts`]!()
  )[method]!(
    new Request(`http://localhost${path}${entry.query?.(shop) ?? ""}`, {
      method,
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${shop.keys.secret}`,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve(entry.params?.(shop) ?? {}) },
  );
  const { error } = (await response.json()) as { error?: { code: string } };
  const isClear = response.status === 503 && error?.code === "overloaded";
  return isClear && Number(response.headers.get("retry-after")) > 0
    ? null
    : `${name}: ${response.status} ${error?.code}`;
}

const said = (answers: (string | null)[]) => answers.filter((answer) => answer !== null);

it("says 503 and when to come back on every route, whichever name the database has", async () => {
  for (const host of ["127.0.0.1", "localhost"]) {
    await connectTo(`postgresql://nobody:knows@${host}:${await deadPort()}/goodword`);
    const answers: (string | null)[] = [];
    for (const route of guarded) answers.push(await unclear(route));
    expect(said(answers)).toEqual([]);
  }
  await connectTo(present);
});

it("says the same while all connections are taken, and answers once they are free", async () => {
  const programs = guarded.find(([name]) => name === "GET /api/v1/programs")!;
  let letGo = () => {};
  const until = new Promise<void>((resolve) => (letGo = resolve));
  let held = 0;
  const full = new Promise<void>((resolve) => {
    for (let taken = 0; taken < 10; taken += 1)
      void inScope(shop.scope, async () => {
        if ((held += 1) === 10) resolve();
        await until;
      });
  });
  await full;
  expect(await unclear(programs)).toBeNull();
  letGo();
  expect(await unclear(programs)).toMatch(/^GET \/api\/v1\/programs: 200/);
});

it("tells a connection that was ended, or cannot be had, from a fault of its own", async () => {
  const scope = await createTestMerchant();
  const ended = inScope(scope, async ({ db }) => {
    const [own] = await db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    await prismaFor("goodword_gate").$queryRaw`SELECT 1`;
    const { default: pg } = await import("pg");
    const other = new pg.Client({ connectionString: present });
    await other.connect();
    await other.query("SELECT pg_terminate_backend($1)", [own!.pid]);
    await other.end();
    await db.$queryRaw`SELECT 1`;
  });
  expect(isPassing(await ended.catch((error: unknown) => error))).toBe(true);
  const overdue = inScope(scope, async ({ db }) => {
    await db.$executeRaw`SELECT set_config('statement_timeout', '5ms', true)`;
    await db.$queryRaw`SELECT count(*) FROM generate_series(1, 100000000)`;
  });
  expect(isPassing(await overdue.catch((error: unknown) => error))).toBe(false);
  expect(isPassing(new Error("timeout exceeded when trying to connect"))).toBe(true);
  expect(isPassing(new Error("Nothing of the kind"))).toBe(false);
});
