import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { ROUTES } from "./routes";
import type { RouteEntry } from "./routes/entry";
import { contentsOf } from "./testing/contents";
import { openShop } from "./testing/open-shop";
import type { Shop } from "./testing/shop";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

const modules = import.meta.glob<Record<string, Handler>>("/app/api/**/route.ts");
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

async function handlers(): Promise<Map<string, Handler>> {
  const found = new Map<string, Handler>();
  for (const [file, load] of Object.entries(modules)) {
    const path = file.replace(/^\/app/, "").replace(/\/route\.ts$/, "");
    for (const [method, handler] of Object.entries(await load()))
      if (METHODS.includes(method)) found.set(`${method} ${path}`, handler);
  }
  return found;
}

let routes: Map<string, Handler>;
let shop: Shop;
let other: Shop;

beforeAll(async () => {
  routes = await handlers();
  [shop, other] = [await openShop("harbour"), await openShop("orchard")];
});
afterAll(closeConnections);

let address = 0;
async function call(
  name: string,
  key: string | null,
  { named }: { named: Shop },
): Promise<{ status: number; text: string; data: unknown }> {
  const entry = ROUTES[name]!;
  if ("open" in entry) throw new Error("an open route takes no key");
  const [method, path] = name.split(" ") as [string, string];
  const body = entry.body?.(named);
  const response = await routes.get(name)!(
    new Request(`http://localhost${path}${entry.query?.(named) ?? ""}`, {
      method,
      headers: {
        // Each from an address of its own: guessing keys is slowed down by address.
        "x-forwarded-for": `192.0.2.${(address += 1) % 250}`,
        "content-type": "application/json",
        ...(key && { authorization: `Bearer ${key}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve(entry.params?.(named) ?? {}) },
  );
  const text = await response.text();
  return { status: response.status, text, data: JSON.parse(text) };
}

const guarded = Object.entries(ROUTES).filter(
  (route): route is [string, Exclude<RouteEntry, { open: string }>] => !("open" in route[1]),
);

it("has an entry for every route, and a route for every entry", () => {
  expect([...routes.keys()].filter((name) => !name.startsWith("OPTIONS")).sort()).toEqual(
    Object.keys(ROUTES).sort(),
  );
});

describe("an attack on", () => {
  let before: string;
  beforeAll(async () => {
    before = await contentsOf(shop);
  });

  it.each(guarded)("%s without a key in force is refused", async (name) => {
    const { secret, revoked } = shop.keys;
    for (const key of [null, "gw_live_nonsense", revoked, `${secret.slice(0, -4)}0000`]) {
      expect(await call(name, key, { named: shop })).toMatchObject({
        status: 401,
        data: { error: { code: "unauthenticated" } },
      });
    }
  });

  it.each(guarded.filter(([, { key }]) => key === "secret"))(
    "%s with the key of a web page is refused",
    async (name) => {
      expect(await call(name, shop.keys.publishable, { named: shop })).toMatchObject({
        status: 403,
        data: { error: { code: "forbidden" } },
      });
    },
  );

  it.each(guarded.filter(([, { elsewhere }]) => elsewhere !== "nothing_named"))(
    "%s with another shop's key, or test mode's, finds nothing",
    async (name, entry) => {
      for (const key of [
        other.keys.secret,
        other.keys.test,
        shop.keys.test,
        ...(entry.key === "publishable" ? [other.keys.publishable] : []),
      ]) {
        const { status, data, text } = await call(name, key, { named: shop });
        if (entry.elsewhere === "empty")
          expect({ status, data }).toEqual({ status: 200, data: { data: [], nextCursor: null } });
        else
          expect({ status, data }).toMatchObject({
            status: 404,
            data: { error: { code: "not_found" } },
          });
        expect(text).not.toContain("harbour");
      }
    },
  );

  it.each(guarded.filter(([, { elsewhere }]) => elsewhere === "nothing_named"))(
    "%s with another shop's key tells nothing of this one",
    async (name, entry) => {
      const { status, text } = await call(name, other.keys.secret, { named: shop });
      expect(status).toBe(entry.own);
      expect(text).not.toContain("harbour");
    },
  );

  it("changes nothing", async () => {
    expect(await contentsOf(shop)).toBe(before);
  });
});

describe("the shop's own key", () => {
  it.each(guarded)("may: %s", async (name, entry) => {
    const { status, data } = await call(name, shop.keys.secret, { named: shop });
    expect({ status, data }).toMatchObject({ status: entry.own });
  });

  it.each(guarded.filter(([, { key }]) => key === "publishable"))(
    "may also be that of a web page: %s",
    async (name) => {
      expect(await call(name, shop.keys.publishable, { named: shop })).toMatchObject({
        status: 200,
      });
    },
  );

  it("moves the clock of test mode, and no other", async () => {
    expect(await call("POST /api/v1/test-clock", shop.keys.test, { named: shop })).toMatchObject({
      status: 200,
    });
  });
});

it("tells a web page no budget, no cost and no draft", async () => {
  const read = async (id: string, key: string) => {
    const response = await routes.get("GET /api/v1/programs/[id]")!(
      new Request("http://localhost/", { headers: { authorization: `Bearer ${key}` } }),
      { params: Promise.resolve({ id }) },
    );
    return {
      status: response.status,
      text: await response.text(),
      cors: response.headers.get("access-control-allow-origin"),
    };
  };
  const seen = await read(shop.program.slug, shop.keys.publishable);
  expect(seen).toMatchObject({ status: 200, cors: "*" });
  expect(seen.text).not.toMatch(/budget|unitCost|draft|cost/);
  expect((await read(other.draft.id, other.keys.publishable)).status).toBe(404);
});
