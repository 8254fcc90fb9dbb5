import { beforeAll, describe, expect, it } from "vitest";
import {
  CD_TERMS,
  type CdPurchase,
  cdPurchases,
  inviterOf,
  invitersIn,
  purchaseEvents,
} from "@/e2e/support/data/cdnow";
import { sharedDataPresent } from "@/e2e/support/data/shared-data";
import { joinProgram, upsertCustomer } from "@/lib/customers/commands";
import { storeEvent } from "@/lib/events/commands/store-event";
import { createTestMerchant } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { type Terms, termsSchema } from "@/lib/terms/schema";
import { settle } from "@/lib/worker/test-clock";
import { compare } from "./compare";
import { readPast, replayTerms, runTerms } from "./run";
import { digestOfShop, pastUnder, toEnd } from "./testing";

const PUBLISHED = termsSchema.parse(CD_TERMS);
/**
 * A changed rule: 15 % of at most 8.00, from 20.00 on, within a month; the friend half as much;
 * 10.00 for each third friend.
 */
const CHANGED = termsSchema.parse({
  ...CD_TERMS,
  windowDays: 30,
  rules: [
    {
      ...CD_TERMS.rules[0],
      conditions: { kind: "order_total", atLeast: "20.00" },
      calculator: { kind: "share_of_order", shareBp: 1_500, atMost: "8.00" },
    },
    { ...CD_TERMS.rules[1], calculator: { kind: "fixed", amount: "2.50" } },
    {
      id: "thirds",
      side: "advocate",
      on: { kind: "milestone", count: 3, repeats: true },
      conditions: { all: [] },
      benefit: { kind: "credit" },
      calculator: { kind: "fixed", amount: "10.00" },
      holdDays: 0,
    },
  ],
});
const WHOLE = {
  fromAt: new Date("1997-01-01T00:00:00Z"),
  untilAt: new Date("1998-07-01T00:00:00Z"),
};

type Implied = { rule: string; customer: string; minor: bigint; at: string };

/** What terms like these imply, from the file alone: nothing of the product's own is asked. */
function implied(
  purchases: readonly CdPurchase[],
  {
    days,
    share,
    most,
    least,
    friend,
    thirds,
    cap = Infinity,
  }: {
    days: number;
    share: bigint;
    most: bigint;
    least: bigint;
    friend: bigint;
    thirds: bigint | null;
    cap?: number;
  },
): string[] {
  const first = new Map<number, { since: number; paid: CdPurchase | null }>();
  for (const purchase of purchases) {
    const time = Date.parse(purchase.occurredAt);
    const known = first.get(purchase.customer) ?? { since: time, paid: null };
    first.set(purchase.customer, known);
    if (!known.paid && purchase.minor > 0n && time <= known.since + days * 86_400_000)
      known.paid = purchase;
  }
  const brought = new Map<number, CdPurchase[]>();
  const found: Implied[] = [];
  for (const [customer, { paid }] of first) {
    const inviter = inviterOf(customer);
    if (inviter === null || !paid) continue;
    brought.set(inviter, [...(brought.get(inviter) ?? []), paid]);
    const part = (paid.minor * share) / 10_000n;
    if (paid.minor >= least)
      found.push({
        rule: "advocate",
        customer: String(inviter),
        minor: part < most ? part : most,
        at: paid.occurredAt,
      });
    found.push({ rule: "friend", customer: String(customer), minor: friend, at: paid.occurredAt });
  }
  for (const [inviter, orders] of brought) {
    const inTime = orders.map(({ occurredAt }) => occurredAt).sort();
    for (let nth = 3; thirds !== null && nth <= inTime.length; nth += 3) {
      found.push({
        rule: "thirds",
        customer: String(inviter),
        minor: thirds,
        at: inTime[nth - 1]!,
      });
    }
  }
  const given = new Map<string, number>();
  return found
    .filter(({ minor }) => minor > 0n)
    .sort((one, other) => (one.at < other.at ? -1 : 1))
    .filter(({ rule, customer }) => {
      if (rule === "friend") return true;
      given.set(customer, (given.get(customer) ?? 0) + 1);
      return given.get(customer)! <= cap;
    })
    .map(({ rule, customer, minor }) => `${rule} ${customer} ${minor}`)
    .sort();
}

const UNDER_CHANGED = {
  days: 30,
  share: 1_500n,
  most: 800n,
  least: 2_000n,
  friend: 250n,
  thirds: 1_000n,
};
const sumOf = (rewards: readonly string[]) =>
  rewards.reduce((sum, line) => sum + BigInt(line.split(" ")[2]!), 0n);

describe.skipIf(!sharedDataPresent)(
  "eighteen months of a real shop's purchases, with a tree of invitations laid over them",
  () => {
    let purchases: CdPurchase[];
    beforeAll(() => {
      purchases = cdPurchases();
    });

    it("comes, all of it, to what the changed rule implies, reward by reward", async () => {
      const { scope, programId, idOf } = await laidDown(purchases);
      const range = { programId, ...WHOLE };
      const before = await digestOfShop(scope);
      const { past } = await toEnd(readPast(scope, range, PUBLISHED, CHANGED));
      const [was, is] = [
        await toEnd(runTerms(past, PUBLISHED, NOTHING)),
        await toEnd(runTerms(past, CHANGED, NOTHING)),
      ];
      expect(linesOf(was, idOf)).toEqual(
        implied(purchases, {
          days: 90,
          share: 1_000n,
          most: 500n,
          least: 0n,
          friend: 500n,
          thirds: null,
        }),
      );
      const expected = implied(purchases, UNDER_CHANGED);
      expect(linesOf(is, idOf)).toEqual(expected);
      const { summary } = compare(
        { terms: PUBLISHED, granted: was },
        { terms: CHANGED, granted: is },
        past,
      );
      expect(summary.after).toEqual({
        rewards: expected.length,
        costMinor: sumOf(expected).toString(),
      });
      const friends = new Set(
        purchases.flatMap(({ customer }) => (inviterOf(customer) === null ? [] : [customer])),
      );
      expect(summary.people).toBe(new Set([...friends, ...invitersIn(purchases)]).size);

      const capped = await pastUnder(scope, range, {
        ...CHANGED,
        rules: CHANGED.rules.slice(0, 2),
        advocateCap: 1,
      });
      expect(linesOf(capped, idOf)).toEqual(
        implied(purchases, { ...UNDER_CHANGED, thirds: null, cap: 1 }),
      );
      expect(await digestOfShop(scope)).toEqual(before);
    });

    it("grants what a real run under the changed rule does, to the cent", async () => {
      const some = purchases.filter(({ customer }) => customer <= 60);
      const [tried, real] = [await lived(some, PUBLISHED), await lived(some, CHANGED)];
      const { summary } = await toEnd(
        replayTerms(tried.scope, { programId: tried.programId, ...WHOLE }, PUBLISHED, CHANGED),
      );
      const rewards = await inScope(real.scope, ({ db }) =>
        db.reward.findMany({
          where: { merchantId: real.scope.merchantId },
          select: {
            ruleId: true,
            amountMinor: true,
            orderId: true,
            customer: { select: { externalId: true } },
          },
        }),
      );
      const granted = rewards
        .map(
          ({ ruleId, customer, amountMinor }) => `${ruleId} ${customer.externalId} ${amountMinor}`,
        )
        .sort();
      const replayed = await pastUnder(
        tried.scope,
        { programId: tried.programId, ...WHOLE },
        CHANGED,
      );
      expect(linesOf(replayed, tried.idOf)).toEqual(granted);
      expect(granted).toEqual(implied(some, UNDER_CHANGED));
      const { costMinor } = await inScope(real.scope, ({ db }) =>
        db.programBudget.findFirstOrThrow({ where: { merchantId: real.scope.merchantId } }),
      );
      expect(summary.after).toEqual({ rewards: granted.length, costMinor: costMinor.toString() });
    });
  },
);

const NOTHING = { done: 0, total: 0 };

type Shop = { scope: Scope; programId: string; idOf: Map<string, string> };

function linesOf({ rewards }: Awaited<ReturnType<typeof pastUnder>>, idOf: Shop["idOf"]): string[] {
  return [...rewards.values()]
    .filter(({ reversedFor }) => reversedFor === null)
    .map(
      ({ ruleId, customerId, amountMinor }) => `${ruleId} ${idOf.get(customerId)} ${amountMinor}`,
    )
    .sort();
}

async function opened(terms: Terms): Promise<{ scope: Scope; programId: string }> {
  const scope = await createTestMerchant();
  const { id: programId } = await createProgram(scope, { name: "Since 1997", terms });
  await publishProgram(scope, programId);
  return { scope, programId };
}

/** Purchases that went through the pipeline. */
async function lived(purchases: readonly CdPurchase[], terms: Terms): Promise<Shop> {
  const { scope, programId } = await opened(terms);
  const at = WHOLE.fromAt;
  const codeOf = new Map<number, string>();
  for (const inviter of invitersIn(purchases)) {
    const { customer } = await upsertCustomer(scope, { externalId: String(inviter), seenAt: at });
    codeOf.set(
      inviter,
      (await joinProgram(scope, { programId, customerId: customer.id, at, welcome: false })).code,
    );
  }
  for (const { occurredAt, ...body } of purchaseEvents(purchases, codeOf)) {
    await storeEvent(scope, {
      source: "api",
      body: body as never,
      occurredAt: new Date(occurredAt),
      dedupeKey: `order:${body.order.id}`,
    });
  }
  await settle(scope);
  const customers = await inScope(scope, ({ db }) =>
    db.customer.findMany({
      where: { merchantId: scope.merchantId },
      select: { id: true, externalId: true },
    }),
  );
  return {
    scope,
    programId,
    idOf: new Map(customers.map(({ id, externalId }) => [id, externalId!])),
  };
}

/**
 * The same facts, straight in the tables: what the pipeline would have noted of them before it
 * granted anything.
 */
async function laidDown(purchases: readonly CdPurchase[]): Promise<Shop> {
  const { scope, programId } = await opened(PUBLISHED);
  const { merchantId } = scope;
  const firstOf = new Map<number, CdPurchase>();
  for (const purchase of purchases)
    if (!firstOf.has(purchase.customer)) firstOf.set(purchase.customer, purchase);
  const people = new Set([...firstOf.keys(), ...invitersIn(purchases)]);
  const friends = [...firstOf].flatMap(([customer, first]) =>
    inviterOf(customer) === null ? [] : [{ customer, inviter: inviterOf(customer)!, first }],
  );
  await inScope(scope, async ({ db }) => {
    await db.customer.createMany({
      data: [...people].map((id) => ({
        merchantId,
        id: `cus_${id}`,
        externalId: String(id),
        traits: {},
        createdAt: WHOLE.fromAt,
        firstSeenAt: WHOLE.fromAt,
        firstOrderAt: firstOf.get(id)?.occurredAt ?? null,
      })),
    });
    await db.order.createMany({
      data: purchases.map(({ orderId, customer, occurredAt, minor }) => ({
        merchantId,
        id: orderId,
        customerId: `cus_${customer}`,
        eventId: `evt_${orderId}`,
        occurredAt,
        recordedAt: occurredAt,
        currency: "USD",
        totalMinor: minor,
      })),
    });
    await db.advocate.createMany({
      data: invitersIn(purchases).map((id) => ({
        merchantId,
        id: `adv_${id}`,
        programId,
        customerId: `cus_${id}`,
        joinedAt: WHOLE.fromAt,
      })),
    });
    await db.referral.createMany({
      data: friends.map(({ customer, inviter, first }) => ({
        merchantId,
        id: `ref_${customer}`,
        programId,
        programVersion: 1,
        advocateId: `adv_${inviter}`,
        friendId: `cus_${customer}`,
        code: `C${inviter}`,
        state: "joined",
        reason: "by_code",
        attributedBy: "code",
        joinedAt: first.occurredAt,
        provenAt: first.occurredAt,
        createdAt: first.occurredAt,
        expiresAt: "1999-01-01T00:00:00Z",
      })),
    });
    await db.referralStep.createMany({
      data: friends.map(({ customer, first }) => ({
        merchantId,
        referralId: `ref_${customer}`,
        id: "stp_1",
        state: "joined",
        reason: "by_code",
        at: first.occurredAt,
        recordedAt: first.occurredAt,
        actor: "test",
        eventId: `evt_${first.orderId}`,
      })),
    });
  });
  return { scope, programId, idOf: new Map([...people].map((id) => [`cus_${id}`, String(id)])) };
}
