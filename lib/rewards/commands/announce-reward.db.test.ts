import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections, type Prisma } from "@/lib/core/db";
import { LOCALES } from "@/lib/core/i18n/locales";
import { newId } from "@/lib/core/id";
import { recordConsent } from "@/lib/customers/commands/consent";
import { inScope, type Tx } from "@/lib/merchants/scope";
import { PROGRAM_EMAIL } from "@/lib/messaging/schema";
import { hasAmount } from "@/lib/terms/kinds/benefits";
import { benefitAsset } from "@/lib/terms/rules/worth";
import { anyRule } from "@/lib/terms/testing";
import { type Story, story } from "@/lib/worker/testing";
import type { RewardNews } from "../rules/announcement";
import { REVERSAL_REASONS, type FrozenTerms } from "../schema";
import { announceReward, announceRewards, announceRewardsById } from "./announce-reward";
import { lastingWords, testEmails } from "@/lib/messaging/testing";

let shop: Story;
let customers: string[];
/** The one of them who wants no email. */
let stopped: string;

beforeAll(async () => {
  shop = await story();
  customers = [];
  for (const locale of [...LOCALES, null, "en"]) {
    const { customerId } = await shop.advocate(`Owner-${locale}-${customers.length}`);
    customers.push(customerId);
    await inScope(shop.scope, ({ db, merchantId }) =>
      db.customer.update({
        where: { merchantId_id: { merchantId, id: customerId } },
        data: { locale },
      }),
    );
  }
  stopped = customers.at(-1)!;
  await recordConsent(shop.scope, {
    customerId: stopped,
    purpose: PROGRAM_EMAIL,
    granted: false,
    source: "test",
    wording: "test",
  });
});
afterAll(closeConnections);

/** A reward as its row would hold it, and what is to be told of it. */
type Granted = { terms: FrozenTerms; news: RewardNews };

const date = fc
  .integer({ min: 0, max: 1_000 })
  .map((hours) => new Date(Date.UTC(2026, 4, 1) + hours * 3_600_000));
const minor = fc.bigInt({ min: 1n, max: 10_000_000n });
const code = fc.option(fc.constantFrom("TEA-1", "<b>&", "绿茶-2"));

const what = fc.oneof(
  fc.record({ template: fc.constant("reward_held" as const), heldUntil: date }),
  fc.record({
    template: fc.constant("reward_available" as const),
    couponCode: code,
    expiresAt: fc.option(date),
  }),
  fc.record({
    template: fc.constant("reward_given" as const),
    note: fc.option(fc.constantFrom("Seat 12", "<i>'quoted'</i>")),
  }),
  fc.record({
    template: fc.constant("reward_expiring" as const),
    couponCode: code,
    expiresAt: date,
    waits: fc.boolean(),
  }),
  fc.record({
    template: fc.constant("reward_reversed" as const),
    state: fc.constantFrom("voided", "reversed", "issued"),
    reason: fc.constantFrom("refunded", "partly_refunded", "A member's own words"),
    reversalReason: fc.option(fc.constantFrom(...REVERSAL_REASONS)),
    stepAmountMinor: fc.option(minor),
  }),
);

const granted: fc.Arbitrary<Granted> = fc
  .tuple(anyRule, minor, what, fc.nat(4))
  .map(([{ benefit, calculator, holdDays, on }, minor, what, owner]) => {
    const amount = hasAmount(benefit) ? { minor, asset: benefitAsset(benefit, "USD") } : null;
    const terms = {
      currency: "USD",
      benefit,
      calculator,
      holdDays,
      conditions: { all: [] },
      qualificationConditions: { all: [] },
      pointCostMilli: 1_000,
      on: on.kind,
    };
    return {
      terms,
      news: {
        ...what,
        rewardId: newId("rwd"),
        stepId: newId("stp"),
        customerId: customers[owner]!,
        programName: "Good word",
        programSlug: shop.program.slug,
        terms,
        amount,
      },
    };
  });

/** Writes rewards as if they had been granted. */
async function grant({ db, merchantId }: Tx, rewards: readonly Granted[]): Promise<void> {
  const at = new Date();
  await db.reward.createMany({
    data: rewards.map(({ terms, news }) => ({
      merchantId,
      id: news.rewardId,
      programId: shop.program.id,
      programVersion: 1,
      ruleId: "r-1",
      side: "advocate",
      customerId: news.customerId,
      source: "goodwill",
      causeKind: "review",
      causeRef: news.rewardId,
      state: "held",
      reason: "granted",
      terms: terms as unknown as Prisma.InputJsonValue,
      facts: {},
      amountMinor: news.amount?.minor ?? null,
      asset: news.amount?.asset ?? null,
      costMinor: 0n,
      earnedAt: at,
      grantedAt: at,
      heldUntil: at,
      ...columnsOf(news),
    })),
  });
  await db.rewardStep.createMany({
    data: rewards.map(({ news }) => ({
      merchantId,
      rewardId: news.rewardId,
      id: news.stepId,
      state: "held",
      reason: "granted",
      at,
      recordedAt: at,
      actor: "test",
      amountMinor: news.template === "reward_reversed" ? news.stepAmountMinor : null,
      costMinor: 0n,
    })),
  });
  for (const { news } of rewards) {
    if (!("couponCode" in news) || news.couponCode === null) continue;
    const { rewardId, customerId, couponCode: code } = news;
    await db.coupon.create({ data: { merchantId, rewardId, customerId, code, issuedAt: at } });
  }
}

function columnsOf(news: RewardNews) {
  switch (news.template) {
    case "reward_held":
      return { heldUntil: news.heldUntil };
    case "reward_available":
      return { state: "available", expiresAt: news.expiresAt };
    case "reward_given":
      return { state: "used", note: news.note };
    case "reward_expiring":
      return { state: news.waits ? "available" : "issued", expiresAt: news.expiresAt };
    case "reward_reversed": {
      const { state, reason, reversalReason } = news;
      return { state, reason, reversalReason };
    }
  }
}

/** The emails that are written about rewards, but for what differs from writing to writing. */
async function emails(rewards: readonly Granted[], announce: (tx: Tx) => Promise<void>) {
  const undone = new Error("undone");
  let found: object[] = [];
  await inScope(shop.scope, async (tx) => {
    await grant(tx, rewards);
    await announce(tx);
    const rows = await testEmails(tx, {
      OR: rewards.map(({ news }) => ({ causeKey: { contains: news.rewardId } })),
    });
    found = rows
      .toSorted((one, other) => (one.causeKey < other.causeKey ? -1 : 1))
      .map(lastingWords);
    throw undone;
  }).catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  return found;
}

const itemOf = ({ news: { rewardId, template } }: Granted) => ({ rewardId, template });

describe("emails about rewards", () => {
  it("are the same from what is known and from what is read, together and one by one", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(granted, { minLength: 1, maxLength: 12 }).map(withOneCodeEach),
        async (rewards) => {
          const news = rewards.map((reward) => reward.news);
          const known = await emails(rewards, (tx) => announceRewards(tx, news));
          compared += known.length;
          expect(known).toEqual(
            await emails(rewards, (tx) => announceRewardsById(tx, rewards.map(itemOf))),
          );
          expect(known).toEqual(
            await emails(rewards, async (tx) => {
              for (const { news } of rewards)
                await announceReward(tx, news.rewardId, news.template);
            }),
          );
          expect(
            known.filter((email) => "customerId" in email && email.customerId === stopped),
          ).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
    expect(compared).toBeGreaterThan(20);
  });

  it("says what is left of a balance, where that is less", async () => {
    const [{ terms, news }] = fc.sample(granted, 1) as [Granted];
    const credit = { ...terms, benefit: { kind: "credit" as const } };
    const reward: Granted = {
      terms: credit,
      news: {
        ...news,
        terms: credit,
        customerId: customers[0]!,
        template: "reward_expiring",
        couponCode: null,
        expiresAt: new Date("2027-01-31"),
        waits: false,
        amount: { minor: 1_000n, asset: "USD/2" },
      },
    };
    const [email] = await emails([reward], (tx) =>
      announceRewardsById(tx, [{ ...itemOf(reward), leftMinor: 123n }]),
    );
    expect(email).toMatchObject({ subject: expect.stringContaining("$1.23") });
  });
});

/** Codes as a shop has them: no two rewards share one. */
function withOneCodeEach(rewards: readonly Granted[]): Granted[] {
  return rewards.map(({ terms, news }, index) => ({
    terms,
    news:
      "couponCode" in news && news.couponCode !== null
        ? { ...news, couponCode: `${news.couponCode}-${index}` }
        : news,
  }));
}
