import { describe, expect, it } from "vitest";
import { addDays, systemNow } from "@/lib/core/time";
import { ingest } from "@/lib/events/hot-path/ingest";
import { createTestKey, eventsRequest } from "@/lib/events/testing";
import type { EventBody } from "@/lib/events/schema";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope } from "@/lib/merchants/scope";
import { ALWAYS, type Terms } from "@/lib/terms/schema";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";
import { claimInvite } from "./claim-invite";

/** Attacks of somebody who has read the publishable key in the shop's page. */

const GOAL = "trial_started";
const forGoals: Partial<Terms> = {
  rules: [advocateCredit(), friendCoupon()],
  qualification: { trigger: { kind: "goal", type: GOAL }, conditions: ALWAYS },
};

const answerOf = async (key: string, body: unknown) =>
  JSON.parse((await ingest(eventsRequest(key, body))).body);

/** Sends events with the publishable key, as a page would. */
async function fromPage(shop: Story, ...events: Partial<EventBody>[]) {
  const key = await createTestKey(shop.scope, "publishable");
  const answer = await answerOf(key, { events });
  await shop.settle();
  return answer;
}

const stored = (shop: Story, type: string) =>
  inScope(shop.scope, ({ db }) =>
    db.event.findMany({
      where: { merchantId: shop.scope.merchantId, type },
      include: { outcome: true },
      orderBy: { id: "asc" },
    }),
  );

const customers = (shop: Story) =>
  inScope(shop.scope, ({ db }) => db.customer.count({ where: { mergedIntoId: null } }));

const states = async (shop: Story) =>
  (await shop.rewards()).map(({ side, state }) => `${side} ${state}`);

describe("forged goals", () => {
  it("earn nothing, however many friends they are sent for, and say so", async () => {
    const shop = await story({ ...forGoals, rules: [advocateCredit()] });
    const { code } = await shop.advocate("Mira");
    const names = Array.from({ length: 20 }, (_, index) => `friend${index}`);
    for (const name of names) await shop.claim(name, code);
    const answer = await fromPage(
      shop,
      ...names.map((name) => ({ type: GOAL, customer: { email: `${name}@example.com` } })),
    );
    expect(answer).toMatchObject({ accepted: 20, rejected: [] });
    expect(await shop.rewards()).toEqual([]);
    expect(await shop.referralOf("friend7")).toMatchObject({ state: "joined" });
    for (const { outcome } of await stored(shop, GOAL)) {
      expect(outcome).toMatchObject({ counts: false, customerId: expect.any(String) });
      expect(outcome!.decisions).toMatchObject([{ code: "event_unproven" }]);
    }
    // Nor when something else has them looked at again, and the server's word still counts.
    await shop.purchase("friend7", "o-1", "5.00");
    expect(await shop.rewards()).toEqual([]);
    await shop.send({ type: GOAL, customer: { email: "friend7@example.com" } });
    expect(await states(shop)).toEqual(["advocate issued"]);
  });

  it("make nobody known and bring no friends", async () => {
    const shop = await story(forGoals);
    const { code } = await shop.advocate("Mira");
    await shop.send({ type: "lead", customer: { id: "tom", email: "tom@example.com" } });
    const before = await customers(shop);
    await fromPage(
      shop,
      { type: "sign_up", code, customer: { email: "nobody@example.com" } },
      { type: "sign_up", code, customer: { id: "tom" }, visitorId: "browser-1" },
      { type: "sign_up", code, customer: { email: "tom@example.com", name: "Mallory" } },
    );
    expect(await customers(shop)).toBe(before);
    expect(await shop.referralOf("tom")).toBeNull();
    expect(
      await inScope(shop.scope, ({ db }) =>
        db.customerVisitor.count({ where: { merchantId: shop.scope.merchantId } }),
      ),
    ).toBe(0);
  });
});

describe("a browser's time", () => {
  it("is that of receipt: it reaches round no hold, cap or program's end", async () => {
    const shop = await story(forGoals);
    const long = addDays(systemNow(), -40).toISOString();
    const answer = await fromPage(shop, { type: GOAL, occurredAt: long });
    expect(answer).toMatchObject({ accepted: 1, warnings: [{ path: "occurredAt" }] });
    const ahead = addDays(systemNow(), 40).toISOString();
    expect(await fromPage(shop, { type: GOAL, occurredAt: ahead })).toMatchObject({ accepted: 1 });
    await storeEvent(shop.scope, {
      source: "browser",
      occurredAt: new Date(long),
      body: { type: GOAL },
    });
    const events = await stored(shop, GOAL);
    expect(events).toHaveLength(3);
    for (const { occurredAt, recordedAt } of events) expect(occurredAt).toEqual(recordedAt);
  });
});

describe("an anonymous order", () => {
  const order = { id: "o-1", total: "50.00", currency: "USD" };

  it("is not taken over by whoever names themselves in the same browser", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const { eventId } = await shop.send({ type: "purchase", visitorId: "browser-1", order, code });
    expect(await shop.decisions(eventId)).toContain("nobody_known");
    const mallory = { email: "mallory@example.com" };
    await fromPage(shop, { type: "sign_up", visitorId: "browser-1", customer: mallory });
    await shop.send({ type: "lead", customer: mallory });
    await fromPage(shop, { type: "page_view", visitorId: "browser-1", customer: mallory });
    expect(await shop.decisions(eventId)).toContain("nobody_known");
    // The shop's server knows whose browser it is.
    const tom = { id: "tom", email: "tom@example.com" };
    await shop.send({ type: "lead", visitorId: "browser-1", customer: tom });
    await shop.settle();
    expect(await shop.decisions(eventId)).toContain("order_recorded");
    expect(await shop.referralOf("tom")).toMatchObject({ state: "rewarded" });
  });

  it("gives the touches of its browser to the one whose it is", async () => {
    const shop = await story();
    await fromPage(shop, { type: "page_view", visitorId: "browser-1" });
    await shop.send({ type: "lead", visitorId: "browser-1", customer: { id: "tom" } });
    await shop.settle();
    const [view] = await stored(shop, "page_view");
    expect(view!.outcome).toMatchObject({ customerId: expect.any(String), counts: false });
  });
});

describe("an invitation that somebody accepts in another's name", () => {
  it("changes nobody who is known, and gives them nothing that came from its browser", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const tom = { id: "tom", email: "tom@example.com", name: "Tom" };
    await shop.send({ type: "lead", customer: tom, context: { locale: "sq" } });
    const order = { id: "o-1", total: "50.00", currency: "USD" };
    const bought = await shop.send({ type: "purchase", visitorId: "browser-9", order });
    await claimInvite(shop.scope, {
      code,
      email: tom.email,
      name: "Mallory",
      locale: "zh",
      visitorId: "browser-9",
    });
    await shop.settle();
    const later = { ...order, id: "o-2" };
    const next = await shop.send({ type: "purchase", visitorId: "browser-9", order: later });
    for (const { eventId } of [bought, next])
      expect(await shop.decisions(eventId)).toContain("nobody_known");
    const { merchantId } = shop.scope;
    expect(
      await inScope(shop.scope, ({ db }) =>
        db.customer.findFirst({ where: { merchantId, externalId: "tom" } }),
      ),
    ).toMatchObject({ name: "Tom", locale: "sq", orderCount: 0 });
    // The shop's server says whose browser it is: both orders were theirs.
    await shop.send({ type: "lead", visitorId: "browser-9", customer: { id: "tom" } });
    await shop.settle();
    for (const { eventId } of [bought, next])
      expect(await shop.decisions(eventId)).toContain("order_recorded");
  });
});

describe("orders and refunds", () => {
  const tom = { email: "tom@example.com" };
  const order = { id: "o-1", total: "50.00", currency: "USD" };

  it("are refused at the door, and move nothing where they come in", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    expect(await fromPage(shop, { type: "purchase", customer: tom, order })).toMatchObject({
      rejected: [{ code: "secret_key_required" }],
    });
    const inside = (body: EventBody) => storeEvent(shop.scope, { source: "browser", body });
    const bought = await inside({ type: "purchase", customer: tom, order, code });
    await shop.settle();
    expect(await shop.decisions(bought.eventId)).toEqual(["event_unproven"]);
    await shop.purchase("Tom", "o-1", "50.00");
    const back = await inside({ type: "refund", refund: { orderId: "o-1", currency: "USD" } });
    await shop.settle();
    expect(await shop.decisions(back.eventId)).toEqual(["nobody_known", "event_unproven"]);
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });
});

describe("ids of events", () => {
  it("of a web page take none that the server will send", async () => {
    const shop = await story();
    const secret = await createTestKey(shop.scope);
    await fromPage(shop, { id: "e-1", type: "lead", customer: { id: "mallory" } });
    expect(await answerOf(secret, { id: "e-1", type: "lead", customer: { id: "tom" } })).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: [],
      warnings: [],
    });
  });
});
