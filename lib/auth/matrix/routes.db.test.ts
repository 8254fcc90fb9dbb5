import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { contentsOf, openShop, type Shop } from "./testing";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

/**
 * What another shop's key gets for our ids. `nothing_named`: the request names nothing of a shop's,
 * and acts on the caller's own.
 */
type Elsewhere = "not_found" | "empty" | "nothing_named";

type Entry =
  | { open: string }
  | {
      key: "secret" | "publishable";
      params?: (shop: Shop) => Record<string, string>;
      query?: (shop: Shop) => string;
      body?: (shop: Shop) => unknown;
      elsewhere: Elsewhere;
      /** The status for the shop's own key. */
      own: number;
    };

const reviewed = (shop: Shop) => ({ id: shop.reviewedReferralId });
const draft = (shop: Shop) => ({ id: shop.draft.id });
const reward = (shop: Shop) => ({ id: shop.rewardId });
const reason = () => ({ reason: "Because of the test" });
const item = () => ({
  name: { en: "Taken over" },
  points: 1,
  benefit: { kind: "gift", title: "A cup", unitCost: "0" },
});
const looks = { icon: "star", color: "#b45309" };
const badge = () => ({
  name: { en: "Taken over" },
  about: { en: "By the test" },
  ...looks,
  rule: { kind: "friends", count: 1 },
});
const range = () => "?from=2026-01-01&to=2026-01-31";

/**
 * Every route under app/api, by method and path. A new one has to be entered here, or the first
 * test fails.
 */
const ROUTES: Record<string, Entry> = {
  "GET /api/health": { open: "says that the process lives" },
  "GET /api/ready": { open: "says which parts stand" },
  "GET /api/auth/[...nextauth]": { open: "NextAuth's own" },
  "POST /api/auth/[...nextauth]": { open: "NextAuth's own" },
  "GET /api/v1/openapi.json": { open: "describes the API" },
  "POST /api/v1/events": {
    key: "publishable",
    body: () => ({ type: "lead", visitorId: "v-1" }),
    elsewhere: "nothing_named",
    own: 200,
  },
  "GET /api/v1/programs": { key: "secret", elsewhere: "nothing_named", own: 200 },
  "POST /api/v1/programs": {
    key: "secret",
    body: () => ({
      form: { name: "New", friendBenefit: "amount_off", friendAmount: "5", trigger: "join" },
    }),
    elsewhere: "nothing_named",
    own: 201,
  },
  "GET /api/v1/programs/[id]": {
    key: "publishable",
    params: ({ draft: { slug } }) => ({ id: slug }),
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/programs/[id]/publish": {
    key: "secret",
    params: draft,
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/programs/[id]/pause": {
    key: "secret",
    params: draft,
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/programs/[id]/resume": {
    key: "secret",
    params: draft,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/programs/[id]/replays": {
    key: "secret",
    params: draft,
    elsewhere: "not_found",
    own: 200,
  },
  // Published further above: until then nothing has happened in it.
  "POST /api/v1/programs/[id]/replays": {
    key: "secret",
    params: draft,
    body: () => ({}),
    elsewhere: "not_found",
    own: 202,
  },
  "GET /api/v1/programs/[id]/replays/[replay]": {
    key: "secret",
    params: ({ program, replayId }) => ({ id: program.id, replay: replayId }),
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/programs/[id]/end": {
    key: "secret",
    params: draft,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/customers": {
    key: "secret",
    query: ({ customer }) => `?search=${customer.externalId}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/customers": {
    key: "secret",
    body: ({ draft, customer }) => ({ id: customer.externalId, program: draft.id }),
    elsewhere: "not_found",
    own: 409,
  },
  "GET /api/v1/customers/[id]": {
    key: "secret",
    params: ({ customer }) => ({ id: customer.id }),
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/customers/[id]/adjustments": {
    key: "secret",
    params: ({ customer }) => ({ id: customer.id }),
    elsewhere: "not_found",
    own: 200,
    body: () => ({ amount: "5.00", currency: "USD", reason: "Because of the test", key: "matrix" }),
  },
  "GET /api/v1/referrals": {
    key: "secret",
    query: ({ customer }) => `?customer=${customer.id}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/referrals": {
    key: "secret",
    elsewhere: "not_found",
    own: 200,
    body: ({ program, customer, friendId }) => ({
      program: program.id,
      code: customer.code,
      friend: { id: friendId },
    }),
  },
  "GET /api/v1/referrals/[id]": {
    key: "secret",
    params: reviewed,
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/referrals/[id]/approve": {
    key: "secret",
    params: reviewed,
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/referrals/[id]/reject": {
    key: "secret",
    params: reviewed,
    body: reason,
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/referrals/[id]/undo": {
    key: "secret",
    params: reviewed,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/rewards": {
    key: "secret",
    query: ({ orderId }) => `?order=${orderId}`,
    elsewhere: "empty",
    own: 200,
  },
  "GET /api/v1/rewards/[id]": { key: "secret", params: reward, elsewhere: "not_found", own: 200 },
  "POST /api/v1/rewards/[id]/deliver": {
    key: "secret",
    params: reward,
    elsewhere: "not_found",
    own: 409,
  },
  "POST /api/v1/rewards/[id]/fulfil": {
    key: "secret",
    params: reward,
    elsewhere: "not_found",
    own: 409,
  },
  "POST /api/v1/rewards/[id]/void": {
    key: "secret",
    params: reward,
    body: reason,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/reviews": {
    key: "secret",
    query: ({ slug }) => `?search=${slug}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/reviews/[id]/answer": {
    key: "secret",
    params: ({ questionId }) => ({ id: questionId }),
    body: () => ({ outcome: "kept", answer: "Because of the test" }),
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/nominations": {
    key: "secret",
    query: ({ slug }) => `?search=${slug}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/nominations": {
    key: "secret",
    body: ({ program, buyerId, customer }) => ({
      program: program.id,
      friend: buyerId,
      said: customer.code,
    }),
    elsewhere: "not_found",
    own: 409,
  },
  "POST /api/v1/nominations/[id]/decide": {
    key: "secret",
    params: ({ nominationId }) => ({ id: nominationId }),
    body: () => ({ decision: "reject", ...reason() }),
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/catalogue": {
    key: "secret",
    query: ({ slug }) => `?search=${slug}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/catalogue": { key: "secret", body: item, elsewhere: "nothing_named", own: 201 },
  "PUT /api/v1/catalogue/[id]": {
    key: "secret",
    params: ({ itemId }) => ({ id: itemId }),
    body: item,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/redemptions": {
    key: "secret",
    query: ({ customer }) => `?customer=${customer.id}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/redemptions": {
    key: "secret",
    body: ({ itemId, customer, program }) => ({
      item: itemId,
      customer: customer.id,
      program: program.id,
      requestKey: "matrix",
    }),
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/redemptions/[id]/cancel": {
    key: "secret",
    params: ({ redemptionId }) => ({ id: redemptionId }),
    body: reason,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/tiers": { key: "secret", elsewhere: "nothing_named", own: 200 },
  "PUT /api/v1/tiers": {
    key: "secret",
    body: ({ tierId }) => ({
      metric: "referrals",
      window: "rolling",
      tiers: [{ id: tierId, ...looks, name: "Taken over", threshold: "1" }],
    }),
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/badges": { key: "secret", elsewhere: "nothing_named", own: 200 },
  "POST /api/v1/badges": { key: "secret", body: badge, elsewhere: "nothing_named", own: 201 },
  "PUT /api/v1/badges/[id]": {
    key: "secret",
    params: ({ badgeId }) => ({ id: badgeId }),
    body: badge,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/leaderboard": {
    key: "secret",
    query: ({ draft }) => `?program=${draft.slug}`,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/leaderboards": {
    key: "secret",
    query: ({ draft }) => `?program=${draft.slug}`,
    elsewhere: "not_found",
    own: 200,
  },
  // A live key is refused: only test mode's clock moves. The test key is tried further below.
  "POST /api/v1/test-clock": {
    key: "secret",
    body: () => ({ advance: "PT1H" }),
    elsewhere: "nothing_named",
    own: 403,
  },
  "GET /api/v1/metrics": { key: "secret", elsewhere: "nothing_named", own: 200 },
  "GET /api/v1/metrics/[name]": {
    key: "secret",
    params: () => ({ name: "referral_rate" }),
    query: range,
    elsewhere: "nothing_named",
    own: 200,
  },
  "GET /api/v1/reports/retention": {
    key: "secret",
    query: range,
    elsewhere: "nothing_named",
    own: 200,
  },
  "GET /api/v1/reports/experiment": {
    key: "secret",
    query: ({ draft }) => `?program=${draft.slug}`,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/reports/funnel": {
    key: "secret",
    query: range,
    elsewhere: "nothing_named",
    own: 200,
  },
};

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
  (route): route is [string, Exclude<Entry, { open: string }>] => !("open" in route[1]),
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
