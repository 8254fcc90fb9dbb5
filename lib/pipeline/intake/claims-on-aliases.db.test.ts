import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope } from "@/lib/merchants/scope";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";
import { processEvent } from "../process-event";

/** Attacks with other spellings of one address: "ana+x@example.com" is Ana's, whoever types it. */

const referrals = (shop: Story) =>
  inScope(
    shop.scope,
    ({ db }) => db.$queryRaw<{ by: string; who: string; state: string; reason: string }[]>`
      SELECT c.name AS by, split_part(f.email, '@', 1) AS who, r.state, r.reason,
        r.review_at IS NOT NULL AS "isReviewed" FROM referral r
      JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
      JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
      JOIN customer f ON f.merchant_id = r.merchant_id AND f.id = r.friend_id
      WHERE r.merchant_id = ${shop.scope.merchantId} ORDER BY r.id`,
  );
const stands = async (shop: Story) =>
  (await shop.rewards())
    .filter(({ state }) => state !== "voided" && state !== "reversed")
    .map(({ side, state }) => `${side} ${state}`);
const typing = (shop: Story, email: string, code: string, id?: string) =>
  storeEvent(shop.scope, {
    source: "invite",
    body: { type: "invite_claim", customer: { email, ...(id && { id }) }, code },
  });

describe("a stranger who types a spelling of somebody's address", () => {
  it.each([
    ["before the owner accepts", ["ana+x"]],
    ["many of them", ["ana+1", "ana+2", "ana+3"]],
  ])("bars them from no friend's invitation: %s", async (_, typed) => {
    const shop = await story();
    const [mallory, mira] = [await shop.advocate("Mallory"), await shop.advocate("Mira")];
    for (const name of typed) await shop.type(name, mallory.code);
    const own = await shop.type("ana", mira.code);
    expect(own).toMatchObject({ outcome: "answer" });
    await shop.answer("ana", own.referralId!);
    await shop.purchase("ana", "o-1", "40.00");
    await shop.settle();
    const all = await referrals(shop);
    expect(all.at(-1)).toMatchObject({ by: "Mira", state: "rewarded", isReviewed: false });
    for (const one of all.slice(0, -1))
      expect(one).toMatchObject({ by: "Mallory", state: "rejected", reason: "duplicate_friend" });
    expect(await stands(shop)).toEqual(["advocate issued", "friend issued"]);
  });

  it("bars them neither when the shop's server names them with a code", async () => {
    const shop = await story();
    const [mallory, mira] = [await shop.advocate("Mallory"), await shop.advocate("Mira")];
    await shop.type("ana+x", mallory.code);
    const customer = { id: "a", email: "ana@example.com" };
    await shop.purchase("ana", "o-1", "40.00", { customer, code: mira.code });
    await shop.settle();
    expect(await referrals(shop)).toMatchObject([
      { by: "Mallory", state: "rejected", reason: "duplicate_friend" },
      { by: "Mira", state: "rewarded", isReviewed: false },
    ]);
    expect(await stands(shop)).toEqual(["advocate issued", "friend issued"]);
  });

  it("is paid nothing after the owner accepted, nor do they lose by it", async () => {
    const shop = await story();
    const [mallory, mira] = [await shop.advocate("Mallory"), await shop.advocate("Mira")];
    await shop.claim("ana", mira.code);
    expect(await shop.type("ana+x", mallory.code)).toMatchObject({
      outcome: "refused",
      reason: "taken",
    });
    await shop.purchase("ana", "o-1", "40.00");
    await shop.settle();
    expect(await referrals(shop)).toMatchObject([
      { by: "Mira", state: "rewarded", isReviewed: false },
      { by: "Mallory", state: "rejected" },
    ]);
    expect(await stands(shop)).toEqual(["advocate issued", "friend issued"]);
  });

  it("makes no record of a pair of id and address that nobody vouches for", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await processEvent(shop.scope, (await typing(shop, "m@example.com", code, "tom")).eventId);
    await shop.send({ type: "lead", customer: { id: "tom", email: "tom@example.com" } });
    const records = await inScope(shop.scope, ({ db }) =>
      db.customer.findMany({
        where: { email: { in: ["m@example.com", "tom@example.com"] } },
        orderBy: { email: "asc" },
        select: { externalId: true },
      }),
    );
    expect(records).toEqual([{ externalId: null }, { externalId: "tom" }]);
  });

  it("makes nobody the second of two who invited each other", async () => {
    const shop = await story();
    const [ana, mira] = [await shop.advocate("Ana"), await shop.advocate("Mira")];
    await shop.type("Mira", ana.code);
    await shop.claim("Ana", mira.code);
    await shop.purchase("Ana", "o-1", "40.00");
    await shop.settle();
    expect(await referrals(shop)).toMatchObject([
      { by: "Ana", reason: "mutual_referral" },
      { by: "Mira", state: "rewarded", isReviewed: false },
    ]);
  });

  it("makes nobody a regular customer, and no advocate their own friend", async () => {
    const shop = await story();
    const [mallory, mira] = [await shop.advocate("Mallory"), await shop.advocate("Mira")];
    await shop.type("tom+x", mallory.code);
    await shop.type("mira+x", mallory.code);
    await shop.claim("tom", mira.code);
    await shop.purchase("tom", "o-1", "40.00");
    await shop.settle();
    expect((await referrals(shop)).at(-1)).toMatchObject({ state: "rewarded", isReviewed: false });
  });
});

describe("one person with several spellings of their address", () => {
  const names = ["tom", "tom+1", "tom+2"];

  it("brings one reward of each side, whichever they answer, in whatever order", async () => {
    for (const order of [names, [...names].reverse(), ["tom+1", "tom+2", "tom"]]) {
      const shop = await story();
      const { code } = await shop.advocate("Mira");
      const ids = new Map<string, string>();
      for (const [index, name] of names.entries()) {
        const typed = await shop.type(name, code);
        expect(typed).toMatchObject({ outcome: index === 0 ? "joined" : "answer" });
        ids.set(name, typed.referralId!);
      }
      // One is shown its coupon; the others wait for their answer.
      expect(await stands(shop)).toEqual(["friend issued"]);
      for (const name of order) await shop.answer(name, ids.get(name)!);
      for (const name of order) await shop.purchase(name, `o-${name}`, "40.00");
      await shop.settle();
      const states = (await referrals(shop)).map(({ who, state }) => `${who} ${state}`);
      expect(states).toEqual(
        names.map((name) => `${name} ${name === order[0] ? "rewarded" : "rejected"}`),
      );
      expect(await stands(shop)).toEqual(["advocate issued", "friend issued"]);
    }
  });

  it("brings one reward when all are typed and answered at once", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const stored = await Promise.all(
      names.map((name) => typing(shop, `${name}@example.com`, code)),
    );
    await Promise.all(stored.map(({ eventId }) => processEvent(shop.scope, eventId)));
    await shop.settle();
    const ids = await Promise.all(
      names.map(async (name) => [name, (await shop.referralOf(name))!.id] as const),
    );
    await Promise.all(ids.map(([name, id]) => shop.answer(name, id)));
    for (const name of names) await shop.purchase(name, `o-${name}`, "40.00");
    await shop.settle();
    expect((await referrals(shop)).map(({ state }) => state).sort()).toEqual([
      "rejected",
      "rejected",
      "rewarded",
    ]);
    expect(await stands(shop)).toEqual(["advocate issued", "friend issued"]);
  });

  it("is told apart from nobody by being a customer already", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.purchase("tom", "o-1", "40.00");
    expect(await shop.type("tom+1", code)).toMatchObject({
      outcome: "refused",
      reason: "existing_customer",
    });
    expect(await shop.rewards()).toEqual([]);
  });

  it.each(["mira+2", "mira"])("earns nothing at their own link as %s", async (name) => {
    const shop = await story({ rules: [advocateCredit(), friendCoupon({ holdDays: 0 })] });
    const { code } = await shop.advocate("Mira");
    expect(await shop.claim(name, code)).toMatchObject({ outcome: "refused", reason: "own_link" });
    await shop.purchase(name, "o-1", "40.00");
    await shop.purchase(name, "o-2", "40.00", { code });
    await shop.settle();
    expect(await shop.rewards()).toEqual([]);
  });
});

describe("whatever is typed, answered and bought under spellings of one address", () => {
  const name = fc.constantFrom("ana", "ana+1", "ana+2");
  const by = fc.constantFrom("Mallory", "Mira");
  const step = fc.oneof(
    fc.record({ kind: fc.constant("type" as const), name, by }),
    fc.record({ kind: fc.constant("answer" as const), name, by }),
    fc.record({ kind: fc.constant("buy" as const), name }),
    fc.record({ kind: fc.constant("settle" as const) }),
  );

  it("pays one invitation, the first that they answered, and bars it by no other", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
        const shop = await story({ newCustomersOnly: false });
        const codes = new Map<string, string>();
        for (const who of ["Mallory", "Mira"]) codes.set(who, (await shop.advocate(who)).code);
        const typed = new Map<string, string>();
        let first: string | null = null;
        for (const [index, one] of steps.entries()) {
          if (one.kind === "settle") await shop.settle();
          if (one.kind === "buy") await shop.purchase(one.name, `o-${index}`, "40.00");
          if (one.kind === "type") {
            const { referralId } = await shop.type(one.name, codes.get(one.by)!);
            if (referralId) typed.set(`${one.name} ${one.by}`, referralId);
          }
          if (one.kind === "answer") {
            const referralId = typed.get(`${one.name} ${one.by}`);
            if (!referralId) continue;
            await shop.answer(one.name, referralId);
            first ??= referralId;
          }
        }
        await shop.settle();
        const left = await stands(shop);
        for (const side of ["advocate", "friend"])
          expect(left.filter((reward) => reward.startsWith(side)).length).toBeLessThan(2);
        const referral = await inScope(shop.scope, ({ db }) =>
          db.referral.findFirst({ where: { id: first ?? "" } }),
        );
        if (referral) {
          expect(["joined", "qualified", "rewarded"]).toContain(referral.state);
          expect(referral.reviewAt).toBeNull();
        }
      }),
      { numRuns: Number(process.env.HISTORIES_RUNS ?? 10) },
    );
  });
});
