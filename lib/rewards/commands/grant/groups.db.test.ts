import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { isLostRace } from "@/lib/core/errors";
import { addDays, systemNow } from "@/lib/core/time";
import { joinProgram } from "@/lib/customers/commands";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { assetSums } from "@/lib/ledger/testing/asset-sums";
import { inScope, type Tx } from "@/lib/merchants/scope";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { factsOf } from "@/lib/terms/facts/conditions";
import type { Cap, Rule, Terms } from "@/lib/terms/schema";
import { advocateCredit, type Story, story, testTerms } from "@/lib/worker/testing";
import type { GrantWanted } from "../../rules/settle";
import { type GrantResult, grantRewards } from "..";

/** Rewards that are granted in groups, beside the same one by one. */

let shop: Story;
const people: string[] = [];

beforeAll(async () => {
  shop = await story();
  for (const name of ["Ana", "Ben", "Cai", "Dea", "Eli"])
    people.push((await shop.advocate(name)).customerId);
});
afterAll(closeConnections);

type Made = { id: string; terms: Terms; advocates: string[] };

async function program(change: Partial<Terms>): Promise<Made> {
  const terms = testTerms(change);
  const { id } = await createProgram(shop.scope, { name: "Good word", terms });
  await publishProgram(shop.scope, id);
  const advocates: string[] = [];
  for (const customerId of people) {
    const joined = await joinProgram(shop.scope, { programId: id, customerId, welcome: false });
    advocates.push(joined.advocate.id);
  }
  return { id, terms, advocates };
}

/** What one of the people gets for one of their orders. */
type Want = { rule: number; person: number; day: number; ref: number };

const FIRST = addDays(systemNow(), -50);

function wanted({ id, terms, advocates }: Made, { rule, person, day, ref }: Want): GrantWanted {
  const at = addDays(FIRST, day);
  return {
    due: {
      rule: terms.rules[rule]!,
      causeRef: { kind: "order", ref: `order-${ref}` },
      cause: { eventId: null, order: null, at },
      facts: factsOf({ currency: "USD" }),
      customerId: people[person]!,
      price: { pointCostMilli: 10, multiplierBp: 10_000 },
      priceReasons: [],
      kept: null,
    },
    to: {
      terms,
      programId: id,
      programVersion: 1,
      advocateId: advocates[person]!,
      arm: null,
      referral: null,
    },
  };
}

const inOne = <T>(work: (tx: Tx) => Promise<T>) => inScope(shop.scope, (tx) => work(tx));

/** What was granted in a program and what stands of it, without ids and times of recording. */
async function standsOf({ id }: Made) {
  return inScope(shop.scope, async ({ db, merchantId }) => {
    const rewards = await db.$queryRaw<{ who: string }[]>`
      SELECT r.rule_id AS rule, r.cause_ref AS ref, r.customer_id AS who, r.advocate_id AS advocate,
        r.state, r.reason, r.amount_minor AS amount, r.asset, r.cost_minor AS cost,
        r.available_at IS NULL AS held, r.issued_at IS NULL AS waits, r.terms, r.facts,
        (SELECT json_agg(json_build_array(s.state, s.reason, s.amount_minor, s.cost_minor,
              CASE WHEN s.reason <> 'credited' THEN s.at END)
            ORDER BY s.id)
          FROM reward_step s WHERE s.merchant_id = r.merchant_id AND s.reward_id = r.id) AS steps,
        (SELECT json_agg(json_build_array(t.debit_account_id, t.credit_account_id, t.amount_minor,
              t.memo, t.occurred_at, l.remaining_minor) ORDER BY t.id)
          FROM ledger_transfer t
          LEFT JOIN ledger_lot l ON l.merchant_id = t.merchant_id AND l.transfer_id = t.id
          WHERE t.merchant_id = r.merchant_id AND t.reward_id = r.id) AS transfers
      FROM reward r WHERE r.merchant_id = ${merchantId} AND r.program_id = ${id}
      ORDER BY r.cause_ref, r.rule_id, r.customer_id`;
    const [budget] = await db.$queryRaw<[{ rewards: number; cost: bigint }]>`
      SELECT rewards, cost_minor AS cost FROM program_budget
      WHERE merchant_id = ${merchantId} AND program_id = ${id}`;
    const counts = await db.$queryRaw<object[]>`
      SELECT customer_id AS who, reward_count AS rewards FROM advocate
      WHERE merchant_id = ${merchantId} AND program_id = ${id} ORDER BY 1`;
    return { rewards, budget, counts };
  });
}

/** The same program under another id. */
function renamed<T>(stands: T, from: Made, to: Made): T {
  let text = JSON.stringify(stands, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value,
  );
  for (const [index, id] of [from.id, ...from.advocates].entries())
    text = text.replaceAll(id, [to.id, ...to.advocates][index]!);
  return JSON.parse(text) as T;
}

const toldOf = (results: readonly GrantResult[]) =>
  results.map(({ outcome, reasons }) => ({ outcome, reasons }));

async function expectSoundBooks(): Promise<void> {
  expect((await checkLedger(shop.scope)).differences).toEqual([]);
  for (const { sumMinor } of await assetSums(shop.scope)) expect(sumMinor).toBe(0n);
}

const caps = fc.array(
  fc.record({
    who: fc.constantFrom<Cap["who"]>("person", "program"),
    per: fc.constantFrom<Cap["per"]>("day", "week", "month", "ever"),
    limit: fc.oneof(
      fc.record({ rewards: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ cost: fc.integer({ min: 5, max: 90 }).map((units) => `${units}.00`) }),
    ),
  }),
  { maxLength: 2 },
);
const asCaps = (from: readonly { who: Cap["who"]; per: Cap["per"]; limit: object }[]): Cap[] =>
  from.map(({ who, per, limit }) => ({ who, per, ...limit }));

const rule = fc
  .record({
    side: fc.constantFrom<Rule["side"]>("advocate", "friend"),
    amount: fc.integer({ min: 1, max: 12 }),
    kind: fc.constantFrom("credit" as const, "points" as const),
    holdDays: fc.constantFrom(0, 365),
    caps,
    fallback: fc.boolean(),
  })
  .map(({ side, amount, kind, holdDays, caps, fallback }) => ({
    side,
    benefit: { kind },
    calculator: {
      kind: "fixed" as const,
      amount: kind === "points" ? `${amount}00` : `${amount}.00`,
    },
    holdDays,
    caps: asCaps(caps),
    ...(fallback && {
      fallback: {
        benefit: { kind: "credit" as const },
        calculator: { kind: "fixed" as const, amount: "0.50" },
      },
    }),
  }));

const limitedTerms = fc
  .record({
    rules: fc.tuple(rule, rule, rule),
    caps,
    advocateCap: fc.option(fc.integer({ min: 1, max: 12 })),
    cost: fc.option(fc.integer({ min: 20, max: 200 }).map((units) => `${units}.00`)),
    rewards: fc.option(fc.integer({ min: 5, max: 30 })),
  })
  .map(({ rules, caps, advocateCap, cost, rewards }) => ({
    rules: rules.map((one, index) => advocateCredit({ id: `rule_${index}`, ...one })),
    caps: asCaps(caps),
    advocateCap,
    budget: { cost, rewards },
  }));

/** Fifty of them, some asked for twice. */
const wants = fc.array(
  fc.record({
    rule: fc.nat(2),
    person: fc.nat(4),
    day: fc.nat(40),
    ref: fc.nat(60),
  }),
  { minLength: 50, maxLength: 50 },
);

describe("a group of grants", () => {
  it("is granted what the same are granted one by one, under caps of every kind", async () => {
    await fc.assert(
      fc.asyncProperty(limitedTerms, wants, fc.boolean(), async (change, list, isLast) => {
        const group = await program(change);
        const apart = await program(change);
        const together = await inOne((tx) =>
          grantRewards(
            tx,
            list.map((want) => wanted(group, want)),
            { isLast },
          ),
        );
        const before = new Set<string>();
        const oneByOne: GrantResult[] = [];
        for (const [place, want] of list.entries()) {
          // One that was granted is no longer wanted: settling finds it on record.
          const key = `${want.rule} ${want.person} ${want.ref}`;
          if (before.has(key)) {
            const known = together[place]!;
            expect(known.reasons.map(({ code }) => code)).toEqual(["reward_known"]);
            oneByOne.push(known);
            continue;
          }
          const [result] = await inOne((tx) => grantRewards(tx, [wanted(apart, want)]));
          if (result!.outcome === "granted") before.add(key);
          oneByOne.push(result!);
        }
        expect(toldOf(together)).toEqual(toldOf(oneByOne));
        const stands = await standsOf(group);
        expect(renamed(stands, group, apart)).toEqual(renamed(await standsOf(apart), apart, apart));
      }),
      { numRuns: 6, endOnFailure: true },
    );
    await expectSoundBooks();
  });

  it("sees what an earlier one of the same transaction used", async () => {
    const made = await program({
      rules: [advocateCredit({ caps: [{ who: "person", per: "ever", rewards: 2 }] })],
      budget: { cost: null, rewards: 3 },
    });
    const want = (person: number, ref: number) => wanted(made, { rule: 0, person, day: 0, ref });
    const results = await inOne(async (tx) => [
      ...(await grantRewards(tx, [want(0, 1)])),
      ...(await grantRewards(tx, [want(0, 2), want(0, 3), want(1, 4)])),
      ...(await grantRewards(tx, [want(1, 5)])),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      "granted",
      "granted",
      "refused",
      "granted",
      "refused",
    ]);
    expect((await standsOf(made)).budget).toEqual({ rewards: 3, cost: 3_000n });
  });
});

describe("two groups at once", () => {
  it("never exceed a budget and never wait for each other", async () => {
    for (let round = 0; round < 20; round += 1) {
      const isLimited = round % 4 !== 3;
      const made = await program({
        rules: [
          advocateCredit({ holdDays: round % 2 === 0 ? 0 : 365 }),
          advocateCredit({ id: "other" }),
        ],
        budget: { cost: isLimited ? "145.00" : null, rewards: null },
      });
      const list = (from: number) =>
        Array.from({ length: 12 }, (_, index) =>
          wanted(made, { rule: index % 2, person: index % 5, day: 0, ref: from + index }),
        );
      const grant = (all: GrantWanted[]) =>
        inOne((tx) => grantRewards(tx, all, { isLast: round % 3 !== 0 }));
      const results = (await Promise.all([grant(list(0)), grant(list(100).toReversed())])).flat();
      const granted = results.filter(({ outcome }) => outcome === "granted").length;
      expect(granted).toBe(isLimited ? 14 : 24);
      const { rewards, budget } = await standsOf(made);
      expect(rewards).toHaveLength(granted);
      expect(budget!.rewards).toBe(granted);
    }
    await expectSoundBooks();
  });

  it("with the same reward: one fails as a lost race, and finds it when run again", async () => {
    const made = await program({});
    const want = () => wanted(made, { rule: 0, person: 0, day: 0, ref: 1 });
    const results = await Promise.allSettled(
      [1, 2].map(() => inOne((tx) => grantRewards(tx, [want()]))),
    );
    const failed = results.filter((result) => result.status === "rejected");
    expect(failed.map(({ reason }) => isLostRace(reason))).toEqual([true]);
    expect((await standsOf(made)).rewards).toHaveLength(1);
  });
});
