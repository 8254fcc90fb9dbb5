import { describe, expect, it } from "vitest";
import { addDays, systemNow } from "@/lib/core/time";
import { allowEvent, allowEventSchema, disallowEvent } from "@/lib/events/commands/allow-event";
import { ingest } from "@/lib/events/hot-path/ingest";
import { MONEY_TYPES, RESERVED_TYPES } from "@/lib/events/schema";
import { createTestKey, eventsRequest } from "@/lib/events/testing";
import type { EventBody } from "@/lib/events/schema";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope } from "@/lib/merchants/scope";
import { ALWAYS } from "@/lib/terms/schema";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import { approveReferral } from "../process/decide-referral";
import { processEvent } from "../process-event";

const GOAL = "trial_started";

/** A shop that lets web pages report trials, and friends who accepted. */
async function shopOf(friends: number, perDay: number | null) {
  const shop = await story({
    rules: [advocateCredit(), advocateCredit({ id: "own", on: { kind: "own_event", type: GOAL } })],
    qualification: { trigger: { kind: "goal", type: GOAL }, conditions: ALWAYS },
  });
  const { code } = await shop.advocate("Mira");
  const names = Array.from({ length: friends }, (_, index) => `friend${index}`);
  for (const name of names) await shop.claim(name, code);
  if (perDay !== null) await allowEvent(shop.scope, { type: GOAL, perDay });
  return { shop, names, code };
}

const emailOf = (name: string) => `${name}@example.com`;

async function fromPage(shop: Story, ...events: Partial<EventBody>[]): Promise<void> {
  const key = await createTestKey(shop.scope, "publishable");
  const { status } = await ingest(eventsRequest(key, { events }));
  expect(status).toBe(200);
  await shop.settle();
}

const goalOf = (name: string, type = GOAL) => ({ type, customer: { email: emailOf(name) } });

const rewards = async (shop: Story) =>
  (await shop.rewards()).map(({ side, state }) => `${side} ${state}`);

const counted = (shop: Story) =>
  inScope(shop.scope, ({ db, merchantId }) => db.browserGoal.count({ where: { merchantId } }));

describe("a goal that a shop lets its web pages report", () => {
  it("earns what it is to earn, and staff have to release it", async () => {
    const { shop } = await shopOf(1, 5);
    await fromPage(shop, goalOf("friend0"));
    const { id, state, reviewAt } = (await shop.referralOf("friend0"))!;
    expect({ state, isReviewed: reviewAt !== null }).toEqual({
      state: "qualified",
      isReviewed: true,
    });
    expect(await rewards(shop)).toEqual(["advocate held"]);
    await approveReferral(shop.scope, { referralId: id });
    await shop.settle();
    expect(await rewards(shop)).toEqual(["advocate issued"]);
  });

  it("counts once a day, and waits for staff again when one comes later", async () => {
    const { shop } = await shopOf(1, 5);
    await fromPage(shop, goalOf("friend0"), goalOf("friend0"));
    await fromPage(shop, goalOf("friend0"));
    expect(await counted(shop)).toBe(1);
    const { id } = (await shop.referralOf("friend0"))!;
    await approveReferral(shop.scope, { referralId: id });
    await inScope(shop.scope, ({ db }) =>
      db.browserGoal.updateMany({ data: { at: addDays(systemNow(), -2) } }),
    );
    await fromPage(shop, goalOf("friend0"));
    expect(await counted(shop)).toBe(2);
    expect((await shop.referralOf("friend0"))!.reviewAt).not.toBeNull();
  });

  it("is never approved by the shop's rule", async () => {
    const { shop } = await shopOf(1, 5);
    await inScope(shop.scope, ({ db, merchantId }) =>
      db.merchant.update({
        where: { id: merchantId },
        data: { reviewDecision: "approve", reviewDecideDays: 1 },
      }),
    );
    await fromPage(shop, goalOf("friend0"));
    await inScope(shop.scope, ({ db, merchantId }) =>
      db.referral.updateMany({
        where: { merchantId },
        data: { reviewAt: addDays(systemNow(), -9) },
      }),
    );
    await shop.settle();
    expect((await shop.referralOf("friend0"))!.reviewAt).not.toBeNull();
    expect(await rewards(shop)).toEqual(["advocate held"]);
  });
});

describe("whoever has the publishable key", () => {
  it("moves nothing where the shop allowed nothing, which is the default", async () => {
    const { shop } = await shopOf(1, null);
    await fromPage(shop, goalOf("friend0"));
    expect(await shop.referralOf("friend0")).toMatchObject({ state: "joined", reviewAt: null });
    expect(await counted(shop)).toBe(0);
  });

  it("gets no other type through, and no other power with it", async () => {
    const { shop, code } = await shopOf(1, 5);
    await fromPage(
      shop,
      goalOf("friend0", "trial_started2"),
      goalOf("friend0", "sign_up"),
      { type: GOAL, customer: { email: "nobody@example.com" }, code },
      { type: GOAL, customer: { id: "Mira" } },
    );
    expect(await shop.referralOf("friend0")).toMatchObject({ state: "joined" });
    expect(await shop.referralOf("nobody")).toBeNull();
    expect(await counted(shop)).toBe(0);
    // What customers do themselves earns nothing by it either.
    expect(await rewards(shop)).toEqual([]);
  });

  it("has no day's limit but the shop's, from twenty requests at once", async () => {
    const { shop, names } = await shopOf(20, 3);
    const stored = await Promise.all(
      names.map((name) => storeEvent(shop.scope, { source: "browser", body: goalOf(name) })),
    );
    await Promise.all(stored.map(({ eventId }) => processEvent(shop.scope, eventId)));
    await shop.settle();
    expect(await counted(shop)).toBe(3);
    expect(await rewards(shop)).toEqual(Array.from({ length: 3 }, () => "advocate held"));
    const decided = await Promise.all(stored.map(({ eventId }) => shop.decisions(eventId)));
    expect(decided.filter((codes) => codes.includes("event_over_limit"))).toHaveLength(17);
    await fromPage(shop, ...names.map((name) => goalOf(name)));
    expect(await counted(shop)).toBe(3);
  });

  it("reaches no other day's limit by a date of its own", async () => {
    const { shop } = await shopOf(3, 1);
    const days = [-40, -3, 0];
    await fromPage(
      shop,
      ...days.map((day, index) => ({
        ...goalOf(`friend${index}`),
        occurredAt: addDays(systemNow(), day).toISOString(),
      })),
    );
    expect(await counted(shop)).toBe(1);
    expect(await rewards(shop)).toEqual(["advocate held"]);
  });

  it("moves nothing once the shop has stopped it, also by what was sent before", async () => {
    const { shop } = await shopOf(2, 5);
    const before = await storeEvent(shop.scope, { source: "browser", body: goalOf("friend0") });
    await disallowEvent(shop.scope, { type: GOAL });
    await processEvent(shop.scope, before.eventId);
    await fromPage(shop, goalOf("friend1"));
    expect(await counted(shop)).toBe(0);
    expect(await rewards(shop)).toEqual([]);
  });
});

it("lets no shop allow money, nor what only this product records", () => {
  const isTaken = (type: string) => allowEventSchema.safeParse({ type, perDay: "5" }).success;
  for (const type of [...MONEY_TYPES, ...RESERVED_TYPES, "share", "Ünknown", ""])
    expect(isTaken(type), type).toBe(false);
  expect(isTaken(GOAL)).toBe(true);
  for (const perDay of ["0", "-1", "1.5", "1e9", "", "many"])
    expect(allowEventSchema.safeParse({ type: GOAL, perDay }).success, perDay).toBe(false);
});
