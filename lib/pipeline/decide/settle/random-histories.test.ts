import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays } from "@/lib/core/time";
import { GrantedRewards } from "@/lib/pipeline/replay/simulate/granted-rewards";
import { isQualified } from "@/lib/referrals/rules";
import { orderLeft, type RefundFact } from "@/lib/terms/facts/order-left";
import type { GoalFact, OrderFact } from "@/lib/terms/facts/referrals";
import { ALWAYS, type Rule, type Terms } from "@/lib/terms/schema";
import type { Effect } from "../effects";
import type { FriendWorld, ReferralWorld, ShopWorld } from "../world";
import { settleFriend, settleNumbered } from "./settle-friend";

/** The core over histories in memory: what stands in the end is a function of the set of facts. */

const day = (days: number) => addDays(new Date("2026-01-01T00:00:00Z"), days);
const NOW = day(400);
const rule = (id: string, change: Partial<Rule>): Rule => ({
  id,
  side: "advocate",
  on: { kind: "qualified" },
  conditions: ALWAYS,
  benefit: { kind: "credit" },
  calculator: { kind: "share_of_order", shareBp: 1_000, atMost: null },
  holdDays: 14,
  ...change,
});
const fixed = { kind: "fixed", amount: "5.00" } as const;
const terms = (change: Partial<Terms>): Terms => ({
  currency: "USD",
  rules: [
    rule("share", {}),
    rule("each", { on: { kind: "each_purchase", from: 1, to: 2 } }),
    rule("second", { on: { kind: "nth_purchase", n: 2 } }),
    rule("tea", { on: { kind: "first_purchase" }, conditions: { kind: "product", skus: ["tea"] } }),
    rule("demo", { on: { kind: "goal", type: "demo" }, calculator: fixed }),
    rule("join", { side: "friend", on: { kind: "join" }, calculator: fixed }),
    rule("later_friend", {
      calculator: fixed,
      conditions: { kind: "count", of: "confirmed_referrals", atLeast: 2, atMost: 2 },
    }),
  ],
  qualification: {
    trigger: { kind: "first_purchase" },
    conditions: { kind: "order_total", atLeast: "10.00" },
  },
  newCustomersOnly: true,
  windowDays: 20,
  advocateCap: null,
  budget: { cost: null, rewards: null },
  startsAt: null,
  endsAt: null,
  destination: { kind: "invite" },
  termsText: { en: "", sq: "", zh: "" },
  ...change,
});
const PROGRAMS = { one: terms({}), two: terms({ newCustomersOnly: false, windowDays: 30 }) };
type Program = keyof typeof PROGRAMS;

type Fact = { friend: string; id: string; at: Date } & (
  | { kind: "join"; program: Program; advocate: string; isProven: boolean; heldBack: boolean }
  | { kind: "proof"; program: Program; advocate: string }
  | { kind: "order"; order: string; cents: number }
  | { kind: "refund"; order: string; refund: RefundFact }
  | { kind: "demo" }
);

const LINES = (cents: number) => {
  const tea = Math.floor(cents / 3);
  return [
    { line: 0, sku: "tea", quantity: 2_000_000n, totalMinor: BigInt(tea) },
    { line: 1, sku: "cup", quantity: 1_000_000n, totalMinor: BigInt(cents - tea) },
  ];
};

class Shop {
  readonly #facts: Fact[] = [];
  readonly #referrals: ReferralWorld[] = [];
  readonly #granted = new Map<string, GrantedRewards>();
  readonly #shop: ShopWorld;

  constructor(countingTouch: ShopWorld["countingTouch"]) {
    this.#shop = {
      timeZone: "UTC",
      countingTouch,
      pointCostMilli: 1_000,
      multiplier: () => ({ multiplierBp: 10_000, factors: [], reasons: [] }),
    };
    for (const [id, program] of Object.entries(PROGRAMS))
      this.#granted.set(id, new GrantedRewards({ timeZone: "UTC", granted: new Set() }, program));
  }

  take(fact: Fact): void {
    this.#facts.push(fact);
    if (fact.kind === "join") this.#begin(fact);
    for (const referral of this.#referrals) this.#prove(referral);
    const moment = { now: NOW, at: fact.at };
    this.#carryOut(settleFriend(this.#shop, this.#friend(fact.friend), moment));
    for (const { id, advocateId, friendId } of this.#referrals) {
      const friend = this.#friend(friendId);
      const times = this.#referrals
        .filter((one) => one.advocateId === advocateId && isQualified(one.state))
        .map((one) => ({ referralId: one.id, at: one.qualifiedByAt! }));
      const referral = friend.referrals.find((one) => one.id === id)!;
      this.#carryOut(settleNumbered(this.#shop, friend, referral, times));
    }
  }

  end() {
    return {
      referrals: this.#referrals
        .map(({ id, state, qualifiedByEventId: by }) =>
          isQualified(state) ? `${id} ${state} ${by}` : `${id} ${state}`,
        )
        .sort(),
      rewards: [...this.#granted.values()]
        .flatMap(({ rewards }) => [...rewards])
        .flatMap(([key, { reversedFor, amountMinor, reversedMinor, orderId }]) =>
          reversedFor === null ? [`${key} ${orderId} ${amountMinor! - reversedMinor}`] : [],
        )
        .sort(),
    };
  }

  /** By the earliest of the proofs on record, whether they came before the claim or after it. */
  #prove(referral: ReferralWorld): void {
    const proofs = this.#facts.filter(
      (fact) =>
        fact.kind === "proof" && `${fact.friend}-${fact.program}-${fact.advocate}` === referral.id,
    );
    for (const { at } of proofs)
      if (referral.provenAt === null || at < referral.provenAt) referral.provenAt = at;
  }

  #begin({
    friend,
    program,
    advocate,
    at,
    id,
    isProven,
    heldBack,
  }: Extract<Fact, { kind: "join" }>): void {
    this.#referrals.push({
      id,
      programId: program,
      programVersion: 1,
      advocateId: `${program}-${advocate}`,
      // Keys of rewards name no program.
      advocateCustomerId: `${program}-${advocate}`,
      friendId: friend,
      state: "joined",
      reason: "by_code",
      clickedAt: null,
      joinedAt: at,
      expiresAt: addDays(at, PROGRAMS[program].windowDays),
      provenAt: isProven ? at : null,
      heldBack,
      reviewAt: null,
      couponWaits: false,
      approvedAt: null,
      joinEventId: id,
      channel: null,
      arm: null,
      firstOrderAt: null,
      qualifiedCount: 0,
      qualifiedByEventId: null,
      qualifiedByAt: null,
      terms: PROGRAMS[program],
      people: { advocate: null, friend: null },
      peopleThen: new Map(),
      rewards: [],
      refusals: [],
    });
  }

  #friend(friendId: string): FriendWorld {
    const theirs = this.#facts.filter(({ friend }) => friend === friendId);
    const orders = ordersOf(theirs);
    const counted = orders.filter(({ remainingMinor }) => remainingMinor > 0n);
    return {
      friendId,
      orders,
      goals: theirs.flatMap(({ kind, id, at }): GoalFact[] =>
        kind === "demo" ? [{ type: "demo", eventId: id, occurredAt: at, country: null }] : [],
      ),
      firstOrderAt: counted[0]?.occurredAt ?? null,
      referrals: this.#referrals
        .filter((referral) => referral.friendId === friendId)
        .map((referral) => ({
          ...referral,
          qualifiedCount: this.#referrals.filter(
            ({ advocateId, state }) => advocateId === referral.advocateId && isQualified(state),
          ).length,
          ...this.#granted.get(referral.programId)!.recordsOf(referral.id),
        })),
    };
  }

  #carryOut(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === "step_referral") {
        const { to, reason, eventId, at } = effect.step;
        const referral = this.#referrals.find(({ id }) => id === effect.referral.id)!;
        Object.assign(referral, { state: to, reason });
        if (to === "qualified")
          Object.assign(referral, { qualifiedByEventId: eventId, qualifiedByAt: at });
      } else if (effect.kind !== "complete" && effect.kind !== "note_advocate") {
        for (const granted of this.#of(effect)) granted.carryOut([effect]);
      }
    }
  }

  #of(effect: Exclude<Effect, { kind: "step_referral" | "complete" | "note_advocate" }>) {
    if (effect.kind === "grant" || effect.kind === "refuse")
      return [this.#granted.get(effect.to.programId)!];
    const { id } = effect.kind === "reverse" ? effect.reward : effect.change.reward;
    return [...this.#granted.values()].filter(({ rewards }) => rewards.has(id));
  }
}

/** Orders as their newest statements and all their refunds leave them, oldest first. */
function ordersOf(facts: readonly Fact[]): OrderFact[] {
  const said = facts.filter((fact) => fact.kind === "order");
  const found = [...new Set(said.map(({ order }) => order))].map((orderId): OrderFact => {
    const statements = said
      .filter(({ order }) => order === orderId)
      .sort((one, other) => one.at.getTime() - other.at.getTime());
    const totalMinor = BigInt(statements.at(-1)!.cents);
    const lines = LINES(Number(totalMinor));
    const refunds = facts.flatMap((fact) =>
      fact.kind === "refund" && fact.order === orderId ? [fact.refund] : [],
    );
    const left = orderLeft({ totalMinor, lines }, refunds);
    return {
      orderId,
      eventId: orderId,
      occurredAt: statements[0]!.at,
      remainingMinor: left.stands ? left.remainingMinor : 0n,
      totalMinor,
      currency: "USD",
      country: null,
      channel: null,
      lines: lines.map((line, index) => ({ ...line, category: null, ...left.lines[index]! })),
    };
  });
  return found.sort((one, other) => one.occurredAt.getTime() - other.occurredAt.getTime());
}

const some = <T>(one: fc.Arbitrary<T>, maxLength: number) => fc.array(one, { maxLength });
const histories = fc
  .array(
    fc.record({
      joins: fc.uniqueArray(
        fc.record({
          program: fc.constantFrom<Program>("one", "two"),
          advocate: fc.constantFrom("mira", "zoe"),
          at: fc.nat(50),
          isProven: fc.boolean(),
          heldBack: fc.boolean(),
          proofs: some(fc.integer({ min: -5, max: 70 }), 2),
        }),
        { minLength: 1, maxLength: 4, selector: ({ program, advocate }) => program + advocate },
      ),
      demos: some(fc.nat(60), 2),
      orders: some(
        fc.record({
          at: fc.integer({ min: -5, max: 70 }),
          said: fc.array(fc.nat(6_000), { minLength: 1, maxLength: 2 }),
          back: some(fc.constantFrom("tea", "cup", "amount", "whole"), 3),
        }),
        3,
      ),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((friends) => friends.flatMap(factsOfFriend));

type Friend = {
  joins: {
    program: Program;
    advocate: string;
    at: number;
    isProven: boolean;
    heldBack: boolean;
    proofs: number[];
  }[];
  demos: number[];
  orders: { at: number; said: number[]; back: string[] }[];
};

function factsOfFriend({ joins, demos, orders }: Friend, number: number): Fact[] {
  const friend = `f${number}`;
  // No two facts at the very same time: each friend and each fact has its own part of a day.
  const when = (days: number, index: number) => day(days + number / 10 + index / 1_000);
  return [
    ...joins.flatMap(({ program, advocate, at, isProven, heldBack, proofs }, index): Fact[] => {
      const id = `${friend}-${program}-${advocate}`;
      const base = { friend, program, advocate };
      return [
        { kind: "join", ...base, id, at: when(at, index), isProven, heldBack },
        ...proofs.map((day, turn): Fact => {
          const at = when(day, 40 + index * 2 + turn);
          return { kind: "proof", ...base, id: `${id}-proof-${turn}`, at };
        }),
      ];
    }),
    ...demos.map((at, index): Fact => {
      const id = `${friend}-demo-${index}`;
      return { kind: "demo", friend, id, at: when(at, 10 + index) };
    }),
    ...orders.flatMap(({ at, said, back }, index): Fact[] => {
      const order = `${friend}-o${index}`;
      const base = { friend, order, id: order };
      return [
        ...said.map((cents, turn): Fact => {
          return { kind: "order", ...base, at: when(at + turn, 20 + index), cents };
        }),
        ...back.map((what): Fact => {
          const item = { sku: what, quantity: 1_000_000n, minor: null };
          const refund =
            what === "whole"
              ? { minor: null, items: null }
              : what === "amount"
                ? { minor: 500n, items: null }
                : { minor: null, items: [item] };
          return { kind: "refund", ...base, at: when(at + 3, 30 + index), refund };
        }),
      ];
    }),
  ];
}

it("comes to the same end in whatever order the same facts arrive", () => {
  const run = histories.chain((facts) =>
    fc.tuple(
      fc.constant(facts),
      fc.shuffledSubarray(facts, { minLength: facts.length }),
      fc.constantFrom("latest" as const, "first" as const, "all" as const),
    ),
  );
  fc.assert(
    fc.property(run, ([facts, otherwise, touch]) => {
      const [one, other] = [facts, otherwise].map((order) => {
        const shop = new Shop(touch);
        for (const fact of order) shop.take(fact);
        return shop.end();
      });
      expect(other).toEqual(one);
    }),
    { numRuns: Number(process.env.HISTORIES ?? 300) },
  );
});
