import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { createTestKey } from "@/lib/events/testing";
import { chooseAlias } from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant, testSandbox } from "@/lib/merchants/testing";
import { advocateCredit, friendCoupon, testTerms } from "@/lib/worker/testing";
import { processEvents } from "@/lib/worker/jobs/events";
import { ENDPOINTS } from "./endpoints";

vi.mock("next/headers", async () => (await import("@/lib/auth/testing")).fakeHeaders());

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;
type Json = Record<string, unknown> & { error?: { code: string; message: string; path?: string } };

const modules = import.meta.glob<Record<string, Handler>>("/app/api/v1/**/route.ts");
let shop: Scope;
let sandbox: Scope;
let key: string;
let testKey: string;
let program: { id: string; slug: string };

beforeAll(async () => {
  shop = await createTestMerchant();
  sandbox = await testSandbox(shop);
  [key, testKey] = [await createTestKey(shop), await createTestKey(sandbox)];
  const made = await send("POST /programs", {
    body: {
      name: "Good word",
      terms: testTerms({ rules: [advocateCredit({ holdDays: 14 }), friendCoupon()] }),
      publish: true,
    },
  });
  program = made.data as { id: string; slug: string };
});
afterAll(closeConnections);

type Sent = { query?: string; body?: unknown; raw?: string; type?: string; as?: string };

/**
 * Calls an endpoint, and checks that what a success carries is what its description says, no more
 * and no less.
 */
async function send(
  address: string,
  { query = "", body, raw, type = "application/json", as = key }: Sent = {},
): Promise<{ status: number; data: Json }> {
  const [method, path] = address.split(" ") as [string, string];
  for (const said of ENDPOINTS) {
    const names = [...said.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const match =
      said.method === method &&
      new RegExp(`^${said.path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`).exec(path);
    if (!match) continue;
    const route =
      await modules[
        `/app/api/v1${said.path.replaceAll("{", "[").replaceAll("}", "]")}/route.ts`
      ]!();
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await route[method]!(
      new Request(`http://localhost/api/v1${path}${query}`, {
        method,
        headers: { authorization: `Bearer ${as}`, "content-type": type },
        ...(text !== undefined && { body: text }),
      }),
      {
        params: Promise.resolve(
          Object.fromEntries(names.map((name, index) => [name, match[index + 1]!])),
        ),
      },
    );
    const data = (await response.json()) as Json;
    if (response.ok) {
      expect(response.status).toBe(said.status ?? 200);
      expect(said.response.parse(data), `${address} is as described`).toEqual(data);
    }
    return { status: response.status, data };
  }
  throw new Error(`${address} is not described`);
}

const refused = (status: number, code: string, path?: string) => ({
  status,
  data: { error: { code, ...(path && { path }) } },
});

async function advocate(name: string): Promise<{ code: string }> {
  const { data } = await send("POST /customers", {
    body: { id: name, email: `${name}@example.com`, name, program: program.slug },
  });
  return data.advocate as { code: string };
}

describe("programs", () => {
  it("are made from complete terms or from the form, and promise nothing else", async () => {
    const made = await send("POST /programs", {
      body: {
        form: {
          name: "By form",
          advocateBenefit: "points",
          advocateAmount: "250",
          trigger: "first_purchase_over",
          triggerAmount: "20",
          holdDays: 7,
        },
      },
    });
    expect(made).toMatchObject({
      status: 201,
      data: { state: "draft", version: null, open: false, terms: null },
    });
    expect(made.data.draft).toMatchObject({
      rules: [
        {
          id: "advocate",
          benefit: { kind: "points" },
          calculator: { kind: "fixed", amount: "250" },
          holdDays: 7,
        },
      ],
      qualification: { conditions: { all: [{ kind: "order_total", atLeast: "20" }] } },
    });
    expect(await send("POST /programs", { body: { form: { name: "Empty" } } })).toMatchObject(
      refused(400, "invalid_request", "form.advocateBenefit"),
    );
    expect(
      await send("POST /programs", { body: { form: { name: "Typo", advocateBenifit: "cash" } } }),
    ).toMatchObject(refused(400, "invalid_request", "form.advocateBenifit"));
    expect(await send("POST /programs", { body: { name: "No terms" } })).toMatchObject(
      refused(400, "invalid_request", "terms"),
    );
    const euro = { name: "Euro", terms: testTerms({ currency: "EUR" }) };
    expect(await send("POST /programs", { body: euro })).toMatchObject(
      refused(400, "invalid_request", "terms.currency"),
    );
  });

  it("walk through their states, and no further", async () => {
    const {
      data: { id },
    } = await send("POST /programs", { body: { name: "Short-lived", terms: testTerms() } });
    const step = async (verb: string) =>
      (await send(`POST /programs/${id as string}/${verb}`)).data.state ?? "refused";
    expect([
      await step("pause"),
      await step("publish"),
      await step("pause"),
      await step("resume"),
      await step("end"),
      await step("resume"),
      await step("publish"),
    ]).toEqual(["refused", "live", "paused", "live", "ended", "refused", "refused"]);
  });

  it("are found in test mode by the slug of the live one", async () => {
    const { data } = await send(`GET /programs/${program.slug}`, { as: testKey });
    expect(data).toMatchObject({ id: program.id, slug: `${program.slug}-test` });
    expect(
      (await send("GET /rewards", { query: `?program=${program.slug}`, as: testKey })).data,
    ).toEqual({ data: [], nextCursor: null });
  });
});

describe("customers", () => {
  it("are one, however many send them at once", async () => {
    const body = { id: "c-50", email: "fifty@example.com", name: "Fifty", program: program.id };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => send("POST /customers", { body })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(
      new Set(
        answers.map(
          ({ data }) => `${data.goodwordId as string} ${(data.advocate as { code: string }).code}`,
        ),
      ).size,
    ).toBe(1);
    expect(answers.filter(({ data }) => data.created)).toHaveLength(1);
    expect(
      await inScope(shop, (db) => db.customer.count({ where: { email: "fifty@example.com" } })),
    ).toBe(1);
    expect(
      await inScope(shop, (db) => db.message.count({ where: { recipient: "fifty@example.com" } })),
    ).toBe(1);
  });

  it("answer to the shop's id and to ours, and keep what they had", async () => {
    await send("POST /customers", {
      body: { id: "c-7", email: "seven@example.com", traits: { plan: "gold", seats: 3 } },
    });
    const first = await send("GET /customers/c-7");
    expect(first.data).toMatchObject({
      id: "c-7",
      balance: [{ currency: "USD", available: "0.00" }],
      tier: null,
      badges: [],
    });
    const again = await send("POST /customers", {
      body: { id: first.data.goodwordId, name: "Seven", traits: { seats: null } },
    });
    expect(again.data).toMatchObject({
      id: "c-7",
      goodwordId: first.data.goodwordId,
      created: false,
      name: "Seven",
      traits: { plan: "gold" },
      advocate: null,
    });
  });

  it("join in history without an email, and never in the future", async () => {
    const body = { id: "c-old", email: "old@example.com", program: program.id };
    const { data } = await send("POST /customers", {
      body: { ...body, joinedAt: "2024-05-01T00:00:00Z" },
    });
    expect(data.advocate).toMatchObject({ joinedAt: "2024-05-01T00:00:00.000Z" });
    expect(
      await inScope(shop, (db) => db.message.count({ where: { recipient: "old@example.com" } })),
    ).toBe(0);
    expect(
      await send("POST /customers", { body: { ...body, joinedAt: "2999-01-01T00:00:00Z" } }),
    ).toMatchObject(refused(400, "invalid_request", "joinedAt"));
  });

  it("are refused where something is wrong with them, by its place", async () => {
    for (const [body, path] of [
      [{}, "id"],
      [{ email: "no address" }, "email"],
      [{ id: "x", traits: { a: { b: { c: { d: { e: { f: 1 } } } } } } }, "traits"],
      [{ id: "x", nmae: "X" }, "nmae"],
      [{ id: "x", name: "N\u0000UL" }, "name"],
      [{ id: 7 }, "id"],
    ] as const) {
      expect(await send("POST /customers", { body })).toMatchObject(
        refused(400, "invalid_request", path),
      );
    }
    expect(await send("POST /customers", { body: { id: "x", program: "prg_none" } })).toMatchObject(
      refused(404, "not_found"),
    );
    expect(await inScope(shop, (db) => db.customer.count({ where: { externalId: "x" } }))).toBe(0);
  });
});

describe("referrals", () => {
  it("begin once, whatever is sent again or at once, and tell their story", async () => {
    const { code } = await advocate("ana");
    const body = {
      program: program.slug,
      code: code.toLowerCase(),
      friend: { id: "ben", email: "ben@example.com", name: "Ben" },
    };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send("POST /referrals", { body })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(answers.filter(({ data }) => data.created)).toHaveLength(1);
    expect(new Set(answers.map(({ data }) => data.id)).size).toBe(1);
    const again = await send("POST /referrals", {
      body: { program: program.id, advocate: "ana", friend: { id: "ben" } },
    });
    expect(again.data).toMatchObject({
      id: answers[0]!.data.id,
      created: false,
      state: "joined",
      advocate: "ana",
      friend: "ben",
      programVersion: 1,
      steps: [{ state: "joined", reason: "claimed" }],
    });
    const coupon = await send("GET /rewards", { query: "?customer=ben&side=friend" });
    expect(coupon.data.data).toMatchObject([
      { state: "issued", amount: "5.00", currency: "USD", coupon: expect.stringMatching(/^GW-/) },
    ]);
    expect(coupon.data.data).toHaveLength(1);
  });

  it("are refused for oneself, another's friend and a stranger's code, without trace", async () => {
    await advocate("cleo");
    const friend = { id: "ben" };
    const events = () => inScope(shop, (db) => db.event.count());
    const before = await events();
    expect(
      await send("POST /referrals", { body: { program: program.id, advocate: "cleo", friend } }),
    ).toMatchObject(refused(409, "conflict", "friend"));
    expect(
      await send("POST /referrals", {
        body: { program: program.id, advocate: "cleo", friend: { id: "cleo" } },
      }),
    ).toMatchObject(refused(409, "conflict"));
    expect(
      await send("POST /referrals", { body: { program: program.id, code: "NOBODY-0000", friend } }),
    ).toMatchObject(refused(404, "not_found"));
    expect(
      await send("POST /referrals", { body: { program: program.id, advocate: "nobody", friend } }),
    ).toMatchObject(refused(404, "not_found"));
    expect(
      await send("POST /referrals", {
        body: { program: program.id, advocate: "ben", friend: { id: "z" } },
      }),
    ).toMatchObject(refused(404, "not_found", "advocate"));
    expect(await send("POST /referrals", { body: { program: program.id, friend } })).toMatchObject(
      refused(400, "invalid_request", "code"),
    );
    const late = {
      program: program.id,
      advocate: "cleo",
      friend: { id: "z" },
      occurredAt: "2999-01-01T00:00:00Z",
    };
    expect(await send("POST /referrals", { body: late })).toMatchObject(
      refused(400, "invalid_request", "occurredAt"),
    );
    expect(await events()).toBe(before);
  });

  it("are rejected and taken up again, with their rewards", async () => {
    const [listed] = (await send("GET /referrals", { query: "?customer=ben" })).data.data as {
      id: string;
    }[];
    await send("POST /events", {
      body: {
        id: "paid-1",
        type: "purchase",
        customer: { id: "ben" },
        order: { id: "o-1", total: "49.90", currency: "USD" },
      },
    });
    await processEvents.run({ merchantId: shop.merchantId });
    const rejected = await send(`POST /referrals/${listed!.id}/reject`, {
      body: { reason: "Same household" },
    });
    expect(rejected.data).toMatchObject({ state: "rejected", reason: "Same household" });
    expect(
      await send(`POST /referrals/${listed!.id}/reject`, { body: { reason: "Once more" } }),
    ).toMatchObject(refused(409, "conflict"));
    expect((await send("GET /rewards", { query: "?customer=ana" })).data.data).toMatchObject([
      { state: "voided" },
    ]);
    const undone = await send(`POST /referrals/${listed!.id}/undo`);
    expect(undone.data).toMatchObject({ state: "qualified" });
    expect(
      (
        await send("GET /rewards", {
          query: `?referral=${listed!.id}&side=advocate&order=o-1&program=${program.slug}`,
        })
      ).data.data,
    ).toMatchObject([{ state: "held", orderId: "o-1" }]);
    expect(await send(`POST /referrals/${listed!.id}/approve`)).toMatchObject(
      refused(409, "conflict"),
    );
  });
});

describe("rewards", () => {
  it("have a receipt, and are voided once by two at once", async () => {
    const [held] = (await send("GET /rewards", { query: "?customer=ana&state=held" })).data
      .data as { id: string }[];
    const receipt = await send(`GET /rewards/${held!.id}`);
    expect(receipt.data).toMatchObject({
      facts: { orderTotal: "49.90", isNewCustomer: true },
      terms: { holdDays: 14 },
      rule: "advocate",
      customer: "ana",
      amount: "10.00",
    });
    const both = await Promise.all(
      [1, 2].map(() =>
        send(`POST /rewards/${held!.id}/void`, { body: { reason: "A test order" } }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await send(`GET /rewards/${held!.id}`)).data).toMatchObject({
      state: "voided",
      reason: "A test order",
      reversalReason: "voided_by_staff",
      reversedAmount: "10.00",
    });
    expect((await send("GET /customers/ana")).data).toMatchObject({
      balance: [{ pending: "0.00", available: "0.00" }],
    });
    for (const name of ["deliver", "fulfil"])
      expect(await send(`POST /rewards/${held!.id}/${name}`)).toMatchObject(
        refused(409, "conflict"),
      );
  });

  it("fall due when test mode's clock is moved", async () => {
    await send("POST /customers", {
      body: { id: "ana", email: "ana@example.com", program: program.slug },
      as: testKey,
    });
    await send("POST /referrals", {
      body: { program: program.slug, advocate: "ana", friend: { id: "ben" } },
      as: testKey,
    });
    await send("POST /events", {
      body: {
        id: "p",
        type: "purchase",
        customer: { id: "ben" },
        order: { id: "o-9", total: "20.00", currency: "USD" },
      },
      as: testKey,
    });
    expect(
      await send("POST /test-clock", { body: { advance: "P31D" }, as: testKey }),
    ).toMatchObject({ status: 200 });
    expect((await send("GET /customers/ana", { as: testKey })).data.balance).toMatchObject([
      { pending: "0.00", available: "10.00" },
    ]);
    expect(
      await send("POST /test-clock", { body: { advance: "a month" }, as: testKey }),
    ).toMatchObject(refused(400, "invalid_request", "advance"));
    expect(await send("POST /test-clock", { body: { advance: "P1D" } })).toMatchObject(
      refused(403, "forbidden"),
    );
  });

  it("count for the leaderboard under a chosen name only", async () => {
    const board = () =>
      send("GET /leaderboard", { query: `?program=${program.slug}`, as: testKey });
    expect((await board()).data).toMatchObject({
      data: [],
      nextCursor: null,
      board: { cadence: "ever" },
      people: 0,
    });
    const { programId, customerId } = await inScope(sandbox, (db) =>
      db.advocate.findFirstOrThrow({ where: { customer: { externalId: "ana" } } }),
    );
    await chooseAlias(sandbox, { programId, customerId, alias: "Ana of the harbour" });
    const row = {
      place: 1,
      alias: "Ana of the harbour",
      score: "1",
      currency: null,
      confirmedFriends: 1,
      customer: "ana",
    };
    expect((await board()).data).toMatchObject({
      data: [row],
      season: { state: "running", endsAt: null },
      people: 1,
    });
    const leaderboards = (
      await send("GET /leaderboards", { query: `?program=${program.slug}`, as: testKey })
    ).data.data as { seasons: { id: string }[] }[];
    expect(leaderboards).toMatchObject([{ metric: "referrals", seasons: [{ state: "running" }] }]);
    expect(
      (
        await send("GET /leaderboard", {
          query: `?program=${program.slug}&season=${leaderboards[0]!.seasons[0]!.id}`,
          as: testKey,
        })
      ).data.data,
    ).toEqual([row]);
    expect(
      await send("GET /leaderboard", {
        query: `?program=${program.slug}&season=sea_0`,
        as: testKey,
      }),
    ).toMatchObject(refused(404, "not_found"));
    expect(await send("GET /leaderboard")).toMatchObject(
      refused(400, "invalid_request", "program"),
    );
  });
});

describe("numbers", () => {
  it.each([
    "/metrics",
    "/metrics/referral_rate",
    "/metrics/program_cost",
    "/reports/retention",
    "/reports/funnel",
  ])("of %s are as described", async (path) => {
    expect(await send(`GET ${path}`)).toMatchObject({ status: 200 });
    if (path.startsWith("/metrics/"))
      expect(await send(`GET ${path}`, { query: "?compare=previous&series=false" })).toMatchObject({
        status: 200,
      });
  });
});

describe("lists", () => {
  it("come in pages, newest first, without a gap", async () => {
    for (let index = 0; index < 5; index += 1)
      await send("POST /customers", { body: { id: `page-${index}` } });
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const { data } = await send("GET /customers", {
        query: `?search=page-&limit=2&cursor=${cursor}`,
      });
      seen.push(...(data.data as { id: string }[]).map(({ id }) => id));
      cursor = data.nextCursor as string | null;
    }
    expect(seen).toEqual(["page-4", "page-3", "page-2", "page-1", "page-0"]);
  });

  it.each(["/programs", "/customers", "/referrals", "/rewards"])(
    "%s refuses a cursor that is not its own, and a filter that it does not have",
    async (path) => {
      const parts = [
        ["x", "y"],
        ["2026-01-01T00:00:00.000Z", "ref_\u0000"],
        ["99999999-01-01T00:00:00.000Z", "a"],
        ["1"],
        ["2026-13-45T00:00:00.000Z", "a"],
      ];
      const cursors = [
        "abc",
        "%00",
        "__proto__",
        ...parts.map((list) => Buffer.from(JSON.stringify(list)).toString("base64url")),
      ];
      for (const cursor of cursors)
        expect(await send(`GET ${path}`, { query: `?cursor=${cursor}` })).toMatchObject(
          refused(400, "invalid_request", "cursor"),
        );
      expect(await send(`GET ${path}`, { query: "?custmer=c-1" })).toMatchObject(
        refused(400, "invalid_request", "custmer"),
      );
      for (const limit of ["0", "201", "-1", "1.5", "many"]) {
        expect(await send(`GET ${path}`, { query: `?limit=${limit}` })).toMatchObject(
          refused(400, "invalid_request", "limit"),
        );
      }
      expect(await send(`GET ${path}`, { query: "?limit=1&limit=2" })).toMatchObject(
        refused(400, "invalid_request", "limit"),
      );
    },
  );
});

describe("a body", () => {
  const writing = ENDPOINTS.filter(
    ({ body, path }) => body !== undefined && path !== "/events",
  ).map(({ method, path }) => `${method} ${path.replace("{id}", "any")}`);

  it.each(writing)(
    "of %s is JSON, of the right type, not too large and not too deep",
    async (address) => {
      for (const raw of ["{", "", "undefined", '{"a":1,}', "\u0000"])
        expect(await send(address, { raw })).toMatchObject(refused(400, "invalid_request"));
      for (const raw of ["[]", "null", "7", '"text"', '{"__proto__":{"reason":"x"}}'])
        expect(await send(address, { raw })).toMatchObject(refused(400, "invalid_request"));
      for (const type of [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
      ]) {
        expect(await send(address, { raw: "{}", type })).toMatchObject(
          refused(415, "unsupported_media_type"),
        );
      }
      expect(
        await send(address, { raw: JSON.stringify({ reason: "x".repeat(1_100_000) }) }),
      ).toMatchObject(refused(413, "payload_too_large"));
      const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
      expect(await send(address, { raw: deep })).toMatchObject(refused(400, "invalid_request"));
    },
  );
});
