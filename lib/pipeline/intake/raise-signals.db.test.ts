import { describe, expect, it } from "vitest";
import { storeEvent } from "@/lib/events/commands/store-event";
import type { EventBody, EventSource } from "@/lib/events/schema";
import { enrolCustomer } from "@/lib/customers/commands";
import { inScope } from "@/lib/merchants/scope";
import { listReferrals, referralFilterSchema } from "@/lib/referrals/queries/referrals";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import { processEvent } from "../process-event";

const day = (number: number) => new Date(Date.UTC(2026, 4, number, 12));

/** A shop whose advocates get 10.00 at the friend's first purchase, after a hold. */
const shopWith = (holdDays = 300) => story({ rules: [advocateCredit({ holdDays })] });

async function say(
  shop: Story,
  customer: EventBody["customer"],
  more: Partial<EventBody> = {},
  { at, source = "api" }: { at?: Date; source?: EventSource } = {},
) {
  const { eventId } = await storeEvent(shop.scope, {
    source,
    body: { type: "sign_up", ...(customer && { customer }), ...more },
    ...(more.visitorId && { visitorId: more.visitorId }),
    ...(at && { occurredAt: at }),
  });
  await shop.settle();
  return eventId;
}

const order = (id: string, total = "50.00"): Partial<EventBody> => ({
  type: "purchase",
  order: { id, total, currency: "USD" },
});

/** The referrals of the shop by the friend's own id, oldest first. */
const referrals = (shop: Story) =>
  inScope(shop.scope, async ({ db }) => {
    const rows = await db.referral.findMany({
      where: { merchantId: shop.scope.merchantId },
      orderBy: [{ joinedAt: "asc" }, { id: "asc" }],
      select: {
        friend: { select: { externalId: true, email: true } },
        state: true,
        reason: true,
        reviewAt: true,
        signals: { select: { kind: true, severity: true, reached: true, evidence: true } },
      },
    });
    return rows.map(({ friend, reviewAt, signals, ...row }) => ({
      who: friend.externalId ?? friend.email,
      ...row,
      isReviewed: reviewAt !== null,
      signals: signals.map(({ kind, severity, reached }) => `${kind} ${severity} ${reached}`),
      evidence: signals.map(({ evidence }) => evidence),
    }));
  });

/** The referrals in the list of cases, by the friend's own id. */
const cases = async (shop: Story) =>
  (await listReferrals(shop.scope, referralFilterSchema.parse({ case: "true" }))).rows.map(
    ({ friendExternalId }) => friendExternalId,
  );

const rewardStates = async (shop: Story) => (await shop.rewards()).map(({ state }) => state);

describe("an advocate's own address under a second id", () => {
  it("is rejected when it comes with the purchase", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "second", email: "mira@example.com" }, { ...order("o-1"), code });
    expect(await referrals(shop)).toMatchObject([
      { who: "second", state: "rejected", reason: "self_referral" },
    ]);
    expect(await shop.rewards()).toEqual([]);
  });

  it.each(["mira+tea@example.com", "mi\u200bra@example.com", "MIRA@example.com"])(
    "stops a held reward when %j is told after the purchase",
    async (email) => {
      const shop = await shopWith();
      const { code } = await shop.advocate("Mira");
      await say(shop, { id: "second" }, { ...order("o-1"), code });
      expect(await rewardStates(shop)).toEqual(["held"]);
      const eventId = await say(shop, { id: "second", email });
      expect(await referrals(shop)).toMatchObject([
        {
          state: "rejected",
          reason: "self_referral",
          signals: ["self_referral block held"],
          evidence: [[{ kind: "email", otherSaid: "mira@example.com", isAdvocate: true }]],
        },
      ]);
      expect(await rewardStates(shop)).toEqual(["voided"]);
      expect(await shop.decisions(eventId)).toContain("referral_rejected");
    },
  );

  it("stops it when it is told by the API's customers, not by an event", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "second" }, { ...order("o-1"), code });
    await enrolCustomer(shop.scope, { id: "second", email: "mira@example.com" });
    await shop.settle();
    expect(await referrals(shop)).toMatchObject([{ state: "rejected", reason: "self_referral" }]);
  });

  it("stops it when it is the advocate who is told of the friend's address", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "second", email: "two@example.com" }, { ...order("o-1"), code });
    await say(shop, { id: "Mira", email: "two@example.com" });
    expect(await referrals(shop)).toMatchObject([{ state: "rejected", reason: "self_referral" }]);
    expect(await rewardStates(shop)).toEqual(["voided"]);
  });

  it("has what was released reviewed, and what was paid as a case with its evidence", async () => {
    const shop = await shopWith(0);
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "second" }, { ...order("o-1"), code });
    expect(await rewardStates(shop)).toEqual(["issued"]);
    await say(shop, { id: "second", email: "mira@example.com" });
    expect(await referrals(shop)).toMatchObject([
      { state: "rewarded", isReviewed: true, signals: ["self_referral block released"] },
    ]);

    expect(await cases(shop)).toEqual(["second"]);

    const cash = await story({
      rules: [advocateCredit({ benefit: { kind: "amount_off" } })],
    });
    const mira = await cash.advocate("Mira");
    await say(cash, { id: "second" }, { ...order("o-1"), code: mira.code });
    await inScope(cash.scope, ({ db }) => db.reward.updateMany({ data: { state: "used" } }));
    await say(cash, { id: "second", email: "mira@example.com" });
    expect(await referrals(cash)).toMatchObject([
      {
        isReviewed: true,
        signals: ["self_referral block paid"],
        evidence: [[{ said: "mira@example.com", otherSaid: "mira@example.com" }]],
      },
    ]);
  });

  it("is followed from record to record", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "between", email: "mira@example.com" });
    await say(shop, { id: "between", email: "other@example.com" });
    await say(shop, { id: "third", email: "other@example.com" }, { ...order("o-1"), code });
    expect(await referrals(shop)).toMatchObject([{ state: "rejected", reason: "self_referral" }]);
  });
});

describe("what only a web page said", () => {
  it("throws no light on a referral, until the server says it too", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "friend" }, { ...order("o-1"), code });
    const said = { id: "friend", email: "mira@example.com" };
    await say(shop, said, {}, { source: "browser" });
    expect(await referrals(shop)).toMatchObject([
      { state: "qualified", isReviewed: false, signals: [] },
    ]);
    expect(await rewardStates(shop)).toEqual(["held"]);
    await say(shop, said);
    expect(await referrals(shop)).toMatchObject([
      { state: "rejected", signals: ["self_referral block held"] },
    ]);
  });
});

describe("phones", () => {
  it("have a friend with the advocate's number reviewed, however it is written", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "Mira", traits: { phone: "+355 69 123 4567" } });
    await say(shop, { id: "friend" }, { ...order("o-1"), code });
    await say(shop, { id: "friend", traits: { mobile: "069 123 4567" } });
    expect(await referrals(shop)).toMatchObject([
      { state: "qualified", isReviewed: true, signals: ["self_referral review held"] },
    ]);
  });
});

describe("three ids with one address", () => {
  const EMAIL = "tom@example.com";

  it.each([["told with the purchase"], ["told later"], ["told last to first"]])(
    "bring one reward: %s",
    async (how) => {
      const shop = await shopWith();
      const { code } = await shop.advocate("Mira");
      const ids = ["t-1", "t-2", "t-3"];
      if (how === "told with the purchase") {
        for (const id of ids) await say(shop, { id, email: EMAIL }, { ...order(id), code });
      } else {
        for (const id of ids) await say(shop, { id }, { ...order(id), code });
        for (const id of how === "told later" ? ids : [...ids].reverse())
          await say(shop, { id, email: EMAIL });
      }
      expect((await referrals(shop)).map(({ who, state }) => `${who} ${state}`)).toEqual([
        "t-1 qualified",
        "t-2 rejected",
        "t-3 rejected",
      ]);
      expect((await rewardStates(shop)).filter((state) => state !== "voided")).toEqual(["held"]);
    },
  );

  it("lets the one that began first stand, whichever arrived first", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "later", email: EMAIL }, { ...order("b"), code }, { at: day(9) });
    await say(shop, { id: "first", email: EMAIL }, { ...order("a"), code }, { at: day(2) });
    expect((await referrals(shop)).map(({ who, state }) => `${who} ${state}`)).toEqual([
      "first qualified",
      "later rejected",
    ]);
  });
});

describe("a regular customer who comes back under a new id", () => {
  const EMAIL = "ana@example.com";

  it.each([["before"], ["after"]])("is no new customer: told %s the purchase", async (when) => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "old", email: EMAIL }, order("o-1"), { at: day(1) });
    const email = when === "before" ? { email: EMAIL } : {};
    await say(shop, { id: "new", ...email }, { ...order("o-2"), code }, { at: day(9) });
    if (when === "after") await say(shop, { id: "new", email: EMAIL });
    expect(await referrals(shop)).toMatchObject([
      { who: "new", state: "rejected", reason: "existing_customer" },
    ]);
    expect((await rewardStates(shop)).filter((state) => state !== "voided")).toEqual([]);
  });

  it("is none either when the old purchase arrives last", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "new", email: EMAIL }, { ...order("o-2"), code }, { at: day(9) });
    await say(shop, { id: "old", email: EMAIL }, order("o-1"), { at: day(1) });
    expect(await referrals(shop)).toMatchObject([
      { who: "new", state: "rejected", reason: "existing_customer" },
    ]);
  });

  it("is new while nothing was bought, or all of it came back", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "old", email: EMAIL }, order("free", "0.00"), { at: day(1) });
    await say(shop, { id: "old" }, order("o-1"), { at: day(2) });
    await shop.refund("o-1");
    await say(shop, { id: "new", email: EMAIL }, { ...order("o-2"), code }, { at: day(9) });
    expect(await referrals(shop)).toMatchObject([{ who: "new", state: "qualified" }]);
  });

  it("is reviewed when it is only the browser that they share", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await say(shop, { id: "old" }, { ...order("o-1"), visitorId: "home" }, { at: day(1) });
    await say(shop, { id: "new" }, { ...order("o-2"), visitorId: "home", code }, { at: day(9) });
    expect(await referrals(shop)).toMatchObject([
      { state: "qualified", isReviewed: true, signals: ["existing_customer review nothing"] },
    ]);
  });
});

describe("orders of one browser", () => {
  const twelve = Array.from({ length: 12 }, (_, index) => `f-${index}`);

  async function buy(shop: Story, code: string, id: string) {
    const { eventId } = await storeEvent(shop.scope, {
      source: "api",
      occurredAt: day(5),
      visitorId: "one",
      body: { ...order(`o-${id}`), type: "purchase", customer: { id }, visitorId: "one", code },
    });
    return () => processEvent(shop.scope, eventId);
  }

  const raised = async (shop: Story) =>
    (await referrals(shop)).map(({ isReviewed, signals }) => `${isReviewed} ${signals.join()}`);

  it("raise the same signals at once as one after the other", async () => {
    const [inTurn, atOnce] = await Promise.all([shopWith(), shopWith()]);
    const mira = await inTurn.advocate("Mira");
    for (const id of twelve) await (await buy(inTurn, mira.code, id))();
    const zoe = await atOnce.advocate("Zoe");
    const all = await Promise.all(twelve.map((id) => buy(atOnce, zoe.code, id)));
    await Promise.all(all.map((process) => process()));
    expect((await raised(atOnce)).sort()).toEqual((await raised(inTurn)).sort());
    expect((await raised(atOnce)).filter((one) => one.startsWith("true"))).toHaveLength(11);
  });

  it("are seen also when friend and advocate learn of each other's address at once", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    const stored = await Promise.all(
      [
        { ...order("o-1"), type: "purchase", customer: { id: "f", email: "x@example.com" }, code },
        { type: "lead", customer: { id: "Mira", email: "x@example.com" } },
      ].map((body) => storeEvent(shop.scope, { source: "api", body })),
    );
    await Promise.all(stored.map(({ eventId }) => processEvent(shop.scope, eventId)));
    expect(await referrals(shop)).toMatchObject([{ state: "rejected", reason: "self_referral" }]);
  });
});
