import { describe, expect, it } from "vitest";
import { storeEvent } from "@/lib/events/commands/store-event";
import { newVisitorId } from "@/lib/events/rules/visitor";
import { inScope } from "@/lib/merchants/scope";
import type { Fraud } from "@/lib/terms/schema";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";
import { claimInvite } from "../claim-invite";
import { processEvent } from "../../process-event";

const rules = [friendCoupon(), advocateCredit({ holdDays: 0 })];
const shopWith = (fraud: Fraud) => story({ rules, fraud });

/** Accepts an invitation as our page does, from a browser that opened it. */
const claim = (shop: Story, code: string, name: string, more: object = {}) =>
  claimInvite(shop.scope, {
    code,
    email: `${name}@example.com`,
    visitorId: newVisitorId(),
    ...more,
  });

/** What stands against the referrals, in the order in which their friends are called. */
const against = (shop: Story) =>
  inScope(shop.scope, async ({ db, merchantId }) => {
    const rows = await db.referral.findMany({
      where: { merchantId },
      select: {
        friend: { select: { email: true, externalId: true } },
        score: true,
        reviewAt: true,
        signals: { select: { kind: true, weight: true, detail: true }, orderBy: { kind: "asc" } },
      },
    });
    return rows
      .map(({ friend, score, reviewAt, signals }) => ({
        who: friend.externalId ?? friend.email?.split("@")[0],
        score,
        isHeld: reviewAt !== null,
        kinds: signals.map(({ kind }) => kind).join(),
        details: signals.map(({ detail }) => detail),
      }))
      .sort((one, other) => (one.who! < other.who! ? -1 : 1));
  });

const kindsOf = async (shop: Story) =>
  (await against(shop)).map(({ who, kinds }) => `${who} ${kinds}`);

describe("a claim by a browser without a name", () => {
  it("is a signal that is noted and holds nothing", async () => {
    const shop = await shopWith({});
    const { code } = await shop.advocate("Mira");
    await claim(shop, code, "ben", { visitorId: undefined });
    await claim(shop, code, "cleo");
    expect(await against(shop)).toMatchObject([
      { who: "ben", score: 20, isHeld: false, kinds: "no_visitor" },
      { who: "cleo", score: 0, isHeld: false, kinds: "" },
    ]);
  });

  it("holds the advocate's reward where the shop says so, not the friend's coupon", async () => {
    const shop = await shopWith({ holdFrom: 20 });
    const { code } = await shop.advocate("Mira");
    const { referralId } = await claim(shop, code, "ben", { visitorId: undefined });
    await shop.answer("ben", referralId!);
    await shop.purchase("ben", "o-1", "50.00");
    await shop.settle();
    const states = (await shop.rewards()).map(({ side, state }) => `${side} ${state}`);
    expect(states).toEqual(["advocate held", "friend issued"]);
  });

  it("is none where the shop's server says that a friend came", async () => {
    const shop = await shopWith({});
    const { code } = await shop.advocate("Mira");
    await shop.send({ type: "sign_up", customer: { id: "ben" }, code });
    expect(await kindsOf(shop)).toEqual(["ben "]);
  });
});

describe("many people from one network", () => {
  const fraud: Fraud = { peopleOfANetwork: 3 };
  const names = ["a", "b", "c", "d"];

  it("are a signal from the shop's number on, one after the other", async () => {
    const shop = await shopWith(fraud);
    const { code } = await shop.advocate("Mira");
    for (const [at, name] of names.entries())
      await claim(shop, code, name, { address: `203.0.113.${at}` });
    expect(await kindsOf(shop)).toEqual(["a ", "b ", "c busy_network", "d busy_network"]);
    const [, , third] = await against(shop);
    expect(third).toMatchObject({
      score: 30,
      details: ["3 people came from this network within a day."],
    });
  });

  it("are none from different networks, nor just below the number", async () => {
    const shop = await shopWith(fraud);
    const { code } = await shop.advocate("Mira");
    for (const [at, name] of names.entries())
      await claim(shop, code, name, { address: `203.0.${at % 2}.7` });
    expect(await kindsOf(shop)).toEqual(["a ", "b ", "c ", "d "]);
  });

  it("are as many when all come at once, and raised once", async () => {
    const shop = await shopWith(fraud);
    const { code } = await shop.advocate("Mira");
    const address = "2001:db8:1:2::7";
    await Promise.all(names.map((name) => claim(shop, code, name, { address })));
    await shop.settle();
    await shop.settle();
    const signals = (await against(shop)).filter(({ kinds }) => kinds !== "");
    expect(signals).toHaveLength(2);
    expect(signals.map(({ score }) => score)).toEqual([30, 30]);
  });

  it("are not told by their address, which nothing keeps", async () => {
    const shop = await shopWith(fraud);
    const { code } = await shop.advocate("Mira");
    await claim(shop, code, "a", { address: "203.0.113.9" });
    const kept = await inScope(shop.scope, ({ db, merchantId }) =>
      Promise.all([
        db.networkSighting.findMany({ where: { merchantId } }),
        db.event.findMany({ where: { merchantId } }),
      ]),
    );
    expect(JSON.stringify(kept)).not.toContain("203.0.113");
    expect(kept[0]).toMatchObject([{ network: expect.stringMatching(/^[\w-]{22}$/) as string }]);
  });

  it("cannot be made by somebody who says another address", async () => {
    const shop = await shopWith(fraud);
    const { code } = await shop.advocate("Mira");
    for (const name of names) await claim(shop, code, name, { address: "unknown" });
    expect(await kindsOf(shop)).toEqual(["a ", "b ", "c ", "d "]);
  });
});

describe("many friends of one advocate in a day", () => {
  const fraud: Fraud = { friendsADay: 3 };
  const noon = (hour: number) => new Date(Date.UTC(2026, 4, 4, hour));
  const bring = (shop: Story, code: string, id: string, at: Date) =>
    storeEvent(shop.scope, {
      source: "api",
      body: { type: "sign_up", customer: { id }, code },
      occurredAt: at,
    });

  it("are a signal from the shop's number on, in whatever order they become known", async () => {
    const times = [
      ["a", noon(1)],
      ["b", noon(2)],
      ["c", noon(3)],
      ["d", noon(30)],
    ] as const;
    for (const order of [times, times.toReversed()]) {
      const shop = await shopWith(fraud);
      const { code } = await shop.advocate("Mira");
      for (const [id, at] of order) {
        const { eventId } = await bring(shop, code, id, at);
        await processEvent(shop.scope, eventId);
      }
      await shop.settle();
      expect(await kindsOf(shop)).toEqual(["a ", "b ", "c fast_advocate", "d "]);
    }
  });

  it("are as many in one group of events, and at once", async () => {
    for (const isAtOnce of [false, true]) {
      const shop = await shopWith(fraud);
      const { code } = await shop.advocate("Mira");
      const stored = [];
      for (const [at, id] of ["a", "b", "c", "d"].entries())
        stored.push(await bring(shop, code, id, noon(at)));
      if (isAtOnce)
        await Promise.all(stored.map(({ eventId }) => processEvent(shop.scope, eventId)));
      await shop.settle();
      await shop.settle();
      expect(await kindsOf(shop)).toEqual(["a ", "b ", "c fast_advocate", "d fast_advocate"]);
    }
  });

  it("add to what else there is, up to the score from which a referral is held", async () => {
    const shop = await shopWith({ ...fraud, friendsADay: 2 });
    const { code } = await shop.advocate("Mira");
    await claim(shop, code, "ben", { visitorId: undefined });
    await claim(shop, code, "cleo", { visitorId: undefined });
    expect(await against(shop)).toMatchObject([
      { who: "ben", score: 20, isHeld: false },
      { who: "cleo", score: 50, isHeld: true, kinds: "fast_advocate,no_visitor" },
    ]);
  });
});
