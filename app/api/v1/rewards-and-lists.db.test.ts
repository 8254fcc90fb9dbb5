import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { chooseAlias } from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { inScope } from "@/lib/merchants/scope";
import { processEvents } from "@/lib/worker/jobs/events";
import { ENDPOINTS } from "./endpoints";
import { advocate, openApi, program, refused, sandbox, send, shop, testKey } from "./testing";

vi.mock("next/headers", async () => (await import("@/lib/auth/testing")).fakeHeaders());

beforeAll(openApi);
afterAll(closeConnections);

describe("rewards", () => {
  it("have a receipt, and are voided once by two at once", async () => {
    await advocate("ana");
    await send("POST /referrals", {
      body: { program: program.slug, advocate: "ana", friend: { id: "ben" } },
    });
    await send("POST /events", {
      body: {
        id: "paid-1",
        type: "purchase",
        customer: { id: "ben" },
        order: { id: "o-1", total: "49.90", currency: "USD" },
      },
    });
    await processEvents.run({ merchantId: shop.merchantId });
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
    const { programId, customerId } = await inScope(sandbox, ({ db }) =>
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
