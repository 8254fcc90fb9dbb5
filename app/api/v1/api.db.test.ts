import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { inScope } from "@/lib/merchants/scope";
import { processEvents } from "@/lib/worker/jobs/events";
import { testTerms } from "@/lib/worker/testing";
import { advocate, openApi, program, refused, send, shop, testKey } from "./testing";

vi.mock("next/headers", async () => (await import("@/lib/auth/testing")).fakeHeaders());

beforeAll(openApi);
afterAll(closeConnections);

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
      await inScope(shop, ({ db }) => db.customer.count({ where: { email: "fifty@example.com" } })),
    ).toBe(1);
    expect(
      await inScope(shop, ({ db }) =>
        db.message.count({ where: { recipient: "fifty@example.com" } }),
      ),
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
      await inScope(shop, ({ db }) =>
        db.message.count({ where: { recipient: "old@example.com" } }),
      ),
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
    expect(await inScope(shop, ({ db }) => db.customer.count({ where: { externalId: "x" } }))).toBe(
      0,
    );
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
    });
    // The one that was processed first, and perhaps one sent a moment before it.
    const [first] = again.data.steps as unknown[];
    expect(first).toMatchObject({ state: "joined", reason: "claimed" });
    const coupon = await send("GET /rewards", { query: "?customer=ben&side=friend" });
    expect(coupon.data.data).toMatchObject([
      { state: "issued", amount: "5.00", currency: "USD", coupon: expect.stringMatching(/^GW-/) },
    ]);
    expect(coupon.data.data).toHaveLength(1);
  });

  it("are refused for oneself, another's friend and a stranger's code, without trace", async () => {
    await advocate("cleo");
    const friend = { id: "ben" };
    const events = () => inScope(shop, ({ db }) => db.event.count());
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
