import { createRequire } from "node:module";
import path from "node:path";
import type { Client } from "pg";
import { describe, expect, it, vi } from "vitest";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope, type Tx } from "@/lib/merchants/scope";
import { stepReferrals } from "@/lib/referrals/commands";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import { freshReferral } from "../decide/fresh-referral";
import { lockSharedOf } from "@/lib/customers/commands";
import { readFriends } from "../read/friends";
import { readShop } from "../read/shop";
import { eventOf, newcomer, start, undone } from "./testing";

const day = (number: number) => new Date(Date.UTC(2026, 2, 1 + number, 12));

/** Every statement that this process sends, at the driver. */
function spyOnStatements() {
  const pg = createRequire(path.resolve("package.json"))("pg") as { Client: typeof Client };
  return vi.spyOn(pg.Client.prototype, "query");
}

async function clicked(shop: Story, code: string, advocateId: string, visitorId: string) {
  await storeEvent(shop.scope, {
    source: "click",
    body: { type: "click", code },
    occurredAt: day(1),
    visitorId,
    programId: shop.program.id,
    advocateId,
    channel: "copy",
  });
}

describe("a referral of somebody whom nobody knew", () => {
  it("adds no statement of its own", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    // What the process knows by then: the terms.
    await undone(shop.scope, async (tx) =>
      start(tx, [{ event: eventOf({ code }, day(2), null), friend: await newcomer(tx, "first") }]),
    );
    const sent = spyOnStatements();
    const { waits, starts, asked } = await inScope(shop.scope, async (tx) => {
      const friends = [await newcomer(tx, "one"), await newcomer(tx, "two")];
      const known = await readShop(tx);
      sent.mockClear();
      const starts = await start(
        tx,
        friends.map((friend) => ({ event: eventOf({ code }, day(2), null), friend })),
        known,
      );
      const asked = sent.mock.calls.length;
      sent.mockClear();
      return { waits: sent, starts, asked };
    });
    expect(starts.map(({ started }) => started.length)).toEqual([1, 1]);
    // One that asks, one that writes, and the end of the transaction.
    expect(asked).toBe(1);
    expect(waits.mock.calls).toHaveLength(2);
    sent.mockRestore();
    const steps = await inScope(shop.scope, ({ db }) =>
      db.referralStep.count({ where: { merchantId: shop.scope.merchantId } }),
    );
    expect(steps).toBe(2);
  });

  it.each(["by a code", "by a click", "in an arm, with people asked"])(
    "is the one that reading finds: %s",
    async (how) => {
      const isArmed = how.startsWith("in an arm");
      const arm = { id: "a", name: "A", shareBp: 10_000, segment: null };
      const segment = { kind: "segment" as const, of: "friend" as const, segments: ["vip"] };
      const few = { ...segment, of: "advocate" as const };
      const vip = { id: "b", name: "B", shareBp: null, segment: few };
      const shop = await story(
        isArmed
          ? {
              rules: [advocateCredit({ arm: "a", conditions: segment })],
              experiment: { id: "offer", question: "Which?", arms: [arm, vip] },
            }
          : {},
      );
      const { code, advocateId } = await shop.advocate("Mira");
      await clicked(shop, code, advocateId, "home");
      await undone(shop.scope, async (tx) => {
        const friend = await newcomer(tx, "one");
        const event =
          how === "by a click" ? eventOf({}, day(2), "home") : eventOf({ code }, day(2), null);
        const [{ started, isFresh }] = (await start(tx, [{ event, friend }])) as [
          Awaited<ReturnType<typeof start>>[number],
        ];
        expect(isFresh).toBe(true);
        const [begun] = started;
        // The event itself is not on record here.
        const { joinRecordedAt, ...fresh } = freshReferral(begun!, null);
        expect(joinRecordedAt).toEqual(event.recordedAt);
        const { friends } = await readFriends(tx, [friend.id]);
        expect(friends[0]!.referrals).toMatchObject([{ ...fresh, terms: begun!.terms }]);
        expect(fresh.arm).toBe(isArmed ? "a" : null);
      });
    },
  );
});

describe("a referral that goes on in the transaction in which it began", () => {
  it("is written as it stands at the end, with every step", async () => {
    const shop = await story();
    const { code, advocateId } = await shop.advocate("Mira");
    await clicked(shop, code, advocateId, "home");
    const referralId = await inScope(shop.scope, async (tx) => {
      const event = eventOf({}, day(2), "home");
      const [starts] = await start(tx, [{ event, friend: await newcomer(tx, "one") }]);
      const { id } = starts!.started[0]!.referral;
      const step = { referralId: id, reason: "first_purchase", eventId: event.id };
      stepReferrals(tx, [{ ...step, state: "qualified", at: day(3) }]);
      return id;
    });
    await inScope(shop.scope, async (tx) => {
      const step = { referralId, eventId: null };
      stepReferrals(tx, [
        { ...step, state: "rewarded", reason: "rewards_issued", at: day(4) },
        { ...step, state: "reversed", reason: "refunded", at: day(5) },
      ]);
    });
    const referral = await inScope(shop.scope, ({ db }) =>
      db.referral.findUniqueOrThrow({
        where: { merchantId_id: { merchantId: shop.scope.merchantId, id: referralId } },
        include: { steps: { orderBy: { id: "asc" } } },
      }),
    );
    expect(referral).toMatchObject({
      state: "reversed",
      reason: "refunded",
      clickedAt: day(1),
      joinedAt: day(2),
      qualifiedAt: day(3),
      rewardedAt: day(4),
    });
    expect(referral.steps.map(({ state, at }) => [state, at])).toEqual([
      ["clicked", day(1)],
      ["joined", day(2)],
      ["qualified", day(3)],
      ["rewarded", day(4)],
      ["reversed", day(5)],
    ]);
  });
});

describe("a friend who joins", () => {
  const notes = (tx: Tx) =>
    tx.db.advocateDue.findMany({
      where: { merchantId: tx.merchantId, kind: "friends" },
      select: { advocateId: true },
      orderBy: { advocateId: "asc" },
    });

  it("has the advocate looked at, and whoever brought them, where friends count", async () => {
    const second = { kind: "second_level" } as const;
    const shop = await story({
      rules: [advocateCredit(), advocateCredit({ id: "2", on: second })],
    });
    const zoe = await shop.advocate("Zoe");
    await shop.claim("Mira", zoe.code);
    const mira = await shop.advocate("Mira");
    await shop.settle();
    await undone(shop.scope, async (tx) => {
      expect(await notes(tx)).toEqual([]);
      const event = eventOf({ code: mira.code }, day(2), null);
      await start(tx, [{ event, friend: await newcomer(tx, "one") }]);
      expect(await notes(tx)).toEqual([
        { advocateId: zoe.advocateId },
        { advocateId: mira.advocateId },
      ]);
    });
    const plain = await story();
    const { code } = await plain.advocate("Mira");
    await undone(plain.scope, async (tx) => {
      await start(tx, [
        { event: eventOf({ code }, day(2), null), friend: await newcomer(tx, "one") },
      ]);
      expect(await notes(tx)).toEqual([]);
    });
  });
});

describe("friends of one browser", () => {
  const names = Array.from({ length: 12 }, (_, index) => `friend-${index}`);

  async function raised(isOneList: boolean): Promise<string[]> {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    return undone(shop.scope, async (tx) => {
      const known = async (name: string) => {
        const friend = await newcomer(tx, name);
        const { merchantId } = tx;
        const link = { customerId: friend.id, visitorId: "one", linkedAt: day(2) };
        await tx.db.customerVisitor.create({ data: { merchantId, ...link } });
        const event = eventOf({ code }, day(2), "one");
        return { event, friend: { ...friend, shares: name !== names[0] } };
      };
      const arrivals = [];
      for (const name of names) arrivals.push(await known(name));
      // As whoever takes events out of the inbox does first.
      await lockSharedOf(tx, ...arrivals.map(({ friend }) => friend.id));
      if (isOneList) await start(tx, arrivals);
      else for (const arrival of arrivals) await start(tx, [arrival]);
      const referrals = await tx.db.referral.findMany({
        where: { merchantId: tx.merchantId },
        orderBy: { id: "asc" },
        select: { state: true, reviewAt: true, signals: true },
      });
      return referrals.map(
        ({ state, reviewAt, signals }) =>
          `${state} ${reviewAt !== null} ${signals.map((one) => `${one.kind} ${one.severity}`)}`,
      );
    });
  }

  it("raise in one list what they raise in turn", async () => {
    const inTurn = await raised(false);
    expect(await raised(true)).toEqual(inTurn);
    expect(inTurn).toEqual([
      "joined false ",
      ...names.slice(1).map(() => "joined true shared_browser review"),
    ]);
  });
});
