import { beforeEach, describe, expect, it } from "vitest";
import { recordConsent } from "@/lib/customers/commands";
import { customerByRef } from "@/lib/customers/queries/customers";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { adjustBalance } from "@/lib/ledger/commands/adjust-balance";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { wantsProgramEmail } from "@/lib/messaging/queries";
import { PROGRAM_EMAIL } from "@/lib/messaging/schema";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import { mergeCustomers, tellApart, undoMerge } from "./commands";
import { duplicatesOf, mergesOf } from "./queries";

let shop: Story;
beforeEach(async () => {
  shop = await story({ rules: [advocateCredit()] });
});

const idOf = async (ref: string) => (await customerByRef(shop.scope, ref)).id;

async function known(id: string, more: { email?: string; traits?: Record<string, string> } = {}) {
  await shop.send({ type: "lead", customer: { id, ...more } });
  return idOf(id);
}

const buy = (id: string, orderId: string, more: object = {}, at?: Date) =>
  shop.send(
    {
      type: "purchase",
      customer: { id },
      order: { id: orderId, total: "50.00", currency: "USD" },
      ...more,
    },
    at,
  );

const merge = (fromId: string, intoId: string, scope: Scope = shop.scope) =>
  mergeCustomers(scope, { fromId, intoId, why: "staff" });

const available = async (id: string) =>
  (await balancesOf(shop.scope, id)).map(({ asset, available }) => `${asset} ${available}`);

const row = (id: string) =>
  inScope(shop.scope, ({ db }) =>
    db.customer.findUniqueOrThrow({
      where: { merchantId_id: { merchantId: shop.scope.merchantId, id } },
    }),
  );

const referrals = () =>
  inScope(shop.scope, async ({ db }) => {
    const rows = await db.referral.findMany({
      where: { merchantId: shop.scope.merchantId },
      orderBy: { joinedAt: "asc" },
      include: { signals: true },
    });
    return rows.map(({ friendId, advocateId, state, reason }) => ({
      friendId,
      advocateId,
      state,
      reason,
    }));
  });

describe("two records of one person", () => {
  it("have their orders, books, ids and addresses in the one that remains", async () => {
    const old = await known("old", { email: "ana@example.com", traits: { city: "Tirana" } });
    const now = await known("now", { traits: { vip: "yes" } });
    await buy("old", "o-1");
    await buy("now", "o-2");
    await adjustBalance(shop.scope, {
      customerId: old,
      asset: "USD/2",
      minor: 700n,
      reason: "Goodwill",
    });
    await merge(old, now);

    expect(await row(now)).toMatchObject({
      externalId: "now",
      email: "ana@example.com",
      traits: { city: "Tirana", vip: "yes" },
      orderCount: 2,
      revenueMinor: 10_000n,
    });
    expect(await row(old)).toMatchObject({ mergedIntoId: now, orderCount: 0, firstOrderAt: null });
    expect(await available(now)).toEqual(["USD/2 700"]);
    for (const ref of ["old", "now", old]) expect(await idOf(ref)).toBe(now);
    await buy("old", "o-3");
    await shop.send({ type: "lead", customer: { email: "ana@example.com" } });
    expect(await row(now)).toMatchObject({ orderCount: 3 });
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("keep the expiry of what they have, and repay what one of them owes", async () => {
    const [one, other] = [await known("one"), await known("other")];
    const expiresAt = new Date("2027-03-01T00:00:00Z");
    const asset = "USD/2" as const;
    const funding = { kind: "funding", ownerId: shop.program.id, asset } as const;
    const ofOne = { kind: "available", ownerId: one, asset } as const;
    await postTransfers(shop.scope, [
      {
        causeKey: "lot",
        from: funding,
        to: ofOne,
        amount: { minor: 900n, asset },
        occurredAt: new Date(),
        memo: "A lot",
        lotExpiresAt: expiresAt,
      },
      {
        causeKey: "debt",
        from: { kind: "owed", ownerId: other, asset },
        to: funding,
        amount: { minor: 400n, asset },
        occurredAt: new Date(),
        memo: "A claim",
      },
    ]);
    await merge(one, other);
    expect(await available(other)).toEqual(["USD/2 500"]);
    const lots = await inScope(shop.scope, ({ db }) =>
      db.ledgerLot.findMany({
        where: { merchantId: shop.scope.merchantId, remainingMinor: { gt: 0 } },
      }),
    );
    expect(lots).toMatchObject([{ remainingMinor: 500n, expiresAt }]);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("share under both codes, and bring friends to the one advocate", async () => {
    const [mira, twin] = [await shop.advocate("Mira"), await shop.advocate("Twin")];
    await buy("f-1", "o-1", { code: mira.code });
    await buy("f-2", "o-2", { code: twin.code });
    await merge(twin.customerId, mira.customerId);
    await buy("f-3", "o-3", { code: twin.code });
    expect((await referrals()).map(({ advocateId, state }) => `${advocateId} ${state}`)).toEqual(
      Array(3).fill(`${mira.advocateId} rewarded`),
    );
    expect(await available(mira.customerId)).toEqual(["USD/2 3000"]);
    const advocate = await inScope(shop.scope, ({ db }) =>
      db.advocate.findFirstOrThrow({ where: { id: mira.advocateId } }),
    );
    expect(advocate).toMatchObject({ qualifiedCount: 3, rewardCount: 3 });
  });

  it("were one friend: the referral that began first stands, whichever remains", async () => {
    const { code } = await shop.advocate("Mira");
    const day = (date: number) => new Date(Date.UTC(2026, 5, date));
    await buy("first", "o-1", { code }, day(1));
    await buy("second", "o-2", { code }, day(5));
    const [first, second] = [await idOf("first"), await idOf("second")];
    await merge(first, second);
    // The later one was no new customer any more, so its reward is reversed.
    expect((await referrals()).map(({ state }) => state)).toEqual(["rewarded", "rejected"]);
    expect((await shop.rewards()).map(({ state }) => state).toSorted()).toEqual([
      "issued",
      "reversed",
    ]);
  });

  it("were friend and advocate: a reward on hold is voided", async () => {
    shop = await story({ rules: [advocateCredit({ holdDays: 30 })] });
    const mira = await shop.advocate("Mira");
    await buy("friend", "o-1", { code: mira.code });
    await merge(await idOf("friend"), mira.customerId);
    expect(await referrals()).toMatchObject([{ state: "rejected", reason: "self_referral" }]);
    expect((await shop.rewards()).map(({ state }) => state)).toEqual(["voided"]);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("were no new customer: what was on hold is voided", async () => {
    shop = await story({ rules: [advocateCredit({ holdDays: 30 })] });
    const mira = await shop.advocate("Mira");
    await buy("old", "o-0", {}, new Date("2026-01-05T10:00:00Z"));
    await buy("new", "o-1", { code: mira.code });
    await merge(await idOf("new"), await idOf("old"));
    expect(await referrals()).toMatchObject([{ state: "rejected", reason: "existing_customer" }]);
    expect((await shop.rewards()).map(({ state }) => state)).toEqual(["voided"]);
  });

  it("have the stricter choice about email", async () => {
    const [one, other] = [await known("one"), await known("other")];
    const say = (customerId: string, granted: boolean) =>
      recordConsent(shop.scope, {
        customerId,
        purpose: PROGRAM_EMAIL,
        granted,
        source: "join",
        wording: "Emails",
      });
    await say(one, false);
    await say(other, true);
    await merge(one, other);
    expect(await wantsProgramEmail(shop.scope, other)).toBe(false);
  });

  it("are merged once, by two at the same time too, and never with themselves", async () => {
    const [one, other] = [await known("one"), await known("other")];
    const results = await Promise.allSettled([merge(one, other), merge(other, one)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(merge(one, one)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("one request that names both", () => {
  it("merges the record of its address, if that has no id, into the one of its id", async () => {
    await shop.purchase("Ana", "o-1", "50.00");
    const byAddress = (await duplicateOf("ana@example.com"))!;
    const byId = await known("c-1", { email: "old@example.com" });
    await buy("c-1", "o-2");
    await shop.send({ type: "lead", customer: { id: "c-1", email: "ana@example.com" } });
    expect(await row(byId)).toMatchObject({ email: "ana@example.com", orderCount: 2 });
    expect(await row(byAddress)).toMatchObject({ mergedIntoId: byId });
    await shop.purchase("Old", "o-3", "50.00");
    expect(await row(byId)).toMatchObject({ orderCount: 3, email: "ana@example.com" });
  });

  it("keeps two records that have an id each, and suggests them", async () => {
    const one = await known("c-1", { email: "ana@example.com" });
    const other = await known("c-2");
    await shop.send({ type: "lead", customer: { id: "c-2", email: "ana@example.com" } });
    expect((await row(other)).mergedIntoId).toBeNull();
    expect(await duplicatesOf(shop.scope, other)).toMatchObject([
      { id: one, shared: [{ kind: "email", otherSaid: "ana@example.com", proven: true }] },
    ]);
  });
});

const duplicateOf = async (email: string) =>
  inScope(shop.scope, ({ db }) => db.customer.findFirst({ where: { email } })).then(
    (one) => one?.id,
  );

describe("two people", () => {
  it("are not suggested again, and raise no signal", async () => {
    shop = await story({ rules: [advocateCredit({ holdDays: 30 })] });
    const mira = await shop.advocate("Mira");
    const son = await known("son", { email: "mira@example.com" });
    expect(await duplicatesOf(shop.scope, son)).toHaveLength(1);
    await tellApart(shop.scope, { oneId: son, otherId: mira.customerId });
    expect(await duplicatesOf(shop.scope, son)).toEqual([]);
    await buy("son", "o-1", { code: mira.code });
    expect(await referrals()).toMatchObject([{ state: "qualified" }]);
  });
});

describe("an undone merge", () => {
  it("gives back what is there, and says what is not", async () => {
    const [one, other] = [
      await known("one", { email: "one@example.com" }),
      await known("other", { traits: { vip: "yes" } }),
    ];
    const mira = await shop.advocate("Mira");
    await buy("one", "o-1", { code: mira.code });
    await buy("other", "o-2");
    const give = (customerId: string, minor: bigint) =>
      adjustBalance(shop.scope, { customerId, asset: "USD/2", minor, reason: "Goodwill" });
    await give(one, 700n);
    await give(other, 100n);
    const before = [await row(one), await row(other)];
    const { mergeId } = await merge(one, other);
    await give(other, -300n);
    const { stayed } = await undoMerge(shop.scope, { mergeId });

    expect([await row(one), await row(other)]).toEqual(before);
    expect((await referrals())[0]).toMatchObject({ friendId: one, state: "rewarded" });
    const [left, right] = [await available(one), await available(other)];
    const sum = [...left, ...right].reduce((sum, text) => sum + Number(text.split(" ")[1]), 0);
    expect(sum).toBe(500);
    expect(stayed.join()).toMatch(/USD had been used since/);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
    expect(await duplicatesOf(shop.scope, one)).toEqual([]);
    expect(await mergesOf(shop.scope, other)).toMatchObject([{ id: mergeId, stayed }]);
    await expect(undoMerge(shop.scope, { mergeId })).rejects.toMatchObject({ code: "conflict" });
    expect(await idOf("one")).toBe(one);
  });

  it("gives two advocates their codes, friends and rewards on hold again", async () => {
    shop = await story({ rules: [advocateCredit({ holdDays: 30 })] });
    const [mira, twin] = [await shop.advocate("Mira"), await shop.advocate("Twin")];
    await buy("f-1", "o-1", { code: mira.code });
    await buy("f-2", "o-2", { code: twin.code });
    const { mergeId } = await merge(twin.customerId, mira.customerId);
    expect(await undoMerge(shop.scope, { mergeId })).toEqual({ stayed: [] });
    await buy("f-3", "o-3", { code: twin.code });
    expect((await referrals()).map(({ advocateId }) => advocateId)).toEqual([
      mira.advocateId,
      twin.advocateId,
      twin.advocateId,
    ]);
    const pending = async (id: string) =>
      (await balancesOf(shop.scope, id)).map((balance) => balance.pending);
    expect([await pending(mira.customerId), await pending(twin.customerId)]).toEqual([
      [1000n],
      [2000n],
    ]);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("brings back a referral that only the merge had rejected", async () => {
    shop = await story({ rules: [advocateCredit({ holdDays: 30 })] });
    const mira = await shop.advocate("Mira");
    await buy("friend", "o-1", { code: mira.code });
    const { mergeId } = await merge(await idOf("friend"), mira.customerId);
    await undoMerge(shop.scope, { mergeId });
    expect(await referrals()).toMatchObject([
      { friendId: await idOf("friend"), state: "qualified" },
    ]);
    expect((await shop.rewards()).map(({ state }) => state)).toEqual(["held"]);
  });
});
