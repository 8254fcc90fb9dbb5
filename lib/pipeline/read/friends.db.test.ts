import fc from "fast-check";
import { expect, it } from "vitest";
import { Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { readTogether } from "@/lib/core/statements/query";
import { addDays } from "@/lib/core/time";
import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import type { LoadedReferral } from "@/lib/referrals/commands";
import { REFERRAL_STATES } from "@/lib/referrals/schema";
import { factsOf, freezeFacts } from "@/lib/terms/facts/conditions";
import { ALWAYS, type Rule, type Terms, termsSchema } from "@/lib/terms/schema";
import { advocateCredit, friendCoupon, testTerms } from "@/lib/worker/testing";
import type { FriendWorld } from "../decide/world";
import { type AddedFacts, friendWorlds } from "./friend-worlds";
import { friendsQueries, readFriends } from "./friends";
import type { CustomerGoal } from "./goals";
import type { CustomerOrder } from "./orders";
import { type PersonRow, personKey } from "./people";
import { readShop } from "./shop";

/** Friends of generated shops: several programs and versions that each ask for something else. */
const START = new Date("2026-01-01T00:00:00.000Z");
const REVIEW = { reviewAt: null, approvedAt: null, couponWaits: false };
const FRESH = { ...REVIEW, qualifiedByEventId: null, qualifiedByAt: null };
const day = (days: number) => addDays(START, days);
const credit = (id: string, change: Partial<Rule>) => advocateCredit({ id, ...change });
const PROGRAMS: Partial<Terms>[][] = [
  [
    { rules: [credit("plain", {})] },
    { rules: [credit("tea", { conditions: { kind: "product", skus: ["tea"] } })] },
  ],
  [
    {
      windowDays: 20,
      rules: [
        credit("gold", {
          conditions: { kind: "trait", of: "friend", trait: "plan", is: ["gold"] },
        }),
        credit("high", { conditions: { kind: "tier", of: "advocate", tiers: ["tir_high"] } }),
        credit("demo", { on: { kind: "goal", type: "demo" } }),
      ],
    },
    {
      rules: [
        credit("channel", { conditions: { kind: "channel", channels: ["email"] } }),
        credit("visit", { on: { kind: "goal", type: "visit" } }),
      ],
    },
  ],
  [
    {
      rules: [
        credit("land", { conditions: { kind: "country", of: "friend", countries: ["DE"] } }),
        friendCoupon({ benefit: { kind: "points" }, calculator: { kind: "fixed", amount: "5" } }),
      ],
    },
  ],
];

const TABLES = [
  "tier",
  "program",
  "programVersion",
  "customer",
  "customerTier",
  "advocate",
  "referral",
  "referralStep",
  "event",
  "eventOutcome",
  "order",
  "orderLine",
  "reward",
  "rewardRefusal",
] as const;
type Table = (typeof TABLES)[number];
type Row = Record<string, unknown>;

/** A shop in memory, of which some facts are on record, and others come later. */
class GeneratedShop {
  readonly friends: string[] = [];
  readonly late = {
    orders: [] as CustomerOrder[],
    goals: [] as CustomerGoal[],
    referrals: [] as LoadedReferral[],
    people: [] as PersonRow[],
    firstOrderAt: new Map<string, Date>(),
  };
  readonly #rows = { first: new Map<Table, Row[]>(), late: new Map<Table, Row[]>() };
  readonly #programs: { id: string; advocates: { id: string; person: PersonRow }[] }[] = [];
  readonly #scope: Scope;
  #seed: number;

  constructor(scope: Scope, seed: number, friends: number) {
    this.#scope = scope;
    this.#seed = seed;
    const made = { createdAt: START, updatedAt: START };
    const tier = { rank: 1, name: "High", threshold: 1n, benefits: {}, color: "", icon: "" };
    this.#add("tier", { id: "tir_high", ...tier, ...made });
    for (const [index, versions] of PROGRAMS.entries()) this.#addProgram(`prg_${index}`, versions);
    for (let number = 0; number < friends; number += 1) this.#addFriend();
  }

  /** Puts the first facts, or the late ones, into the tables. */
  async write(when: "first" | "late"): Promise<void> {
    const { merchantId } = this.#scope;
    await inScope(this.#scope, async ({ db }) => {
      for (const table of TABLES) {
        const data = (this.#rows[when].get(table) ?? []).map((row) => ({ merchantId, ...row }));
        const { createMany } = db[table] as unknown as { createMany(of: object): Promise<void> };
        await createMany({ data });
      }
      if (when === "late")
        for (const [id, firstOrderAt] of this.late.firstOrderAt)
          await db.customer.update({
            where: { merchantId_id: { merchantId, id } },
            data: { firstOrderAt },
          });
    });
  }

  /** A number from 0 up to, and without, `below`. */
  #pick(below: number): number {
    this.#seed = (Math.imul(this.#seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((this.#seed / 2 ** 32) * below);
  }

  #add(table: Table, row: Row, isLate = false): void {
    const rows = this.#rows[isLate ? "late" : "first"];
    rows.set(table, [...(rows.get(table) ?? []), row]);
  }

  #addProgram(id: string, versions: readonly Partial<Terms>[]): void {
    const made = { createdAt: START, updatedAt: START, publishedAt: START };
    const slug = `${id}-${this.#scope.merchantId}`;
    const stands = { name: "Good word", state: "live", draft: {}, currentVersion: versions.length };
    this.#add("program", { id, slug, ...stands, ...made });
    for (const [index, change] of versions.entries())
      this.#add("programVersion", {
        programId: id,
        version: index + 1,
        terms: termsSchema.parse(testTerms(change)),
        publishedAt: day(30 * index),
        publishedBy: "test",
      });
    const advocates = [0, 1, 2].map(() => {
      const person = this.#addCustomer(null);
      const advocate = { id: newId("adv"), programId: id, customerId: person.id, joinedAt: START };
      this.#add("advocate", { ...advocate, qualifiedCount: this.#pick(4) });
      return { id: advocate.id, person };
    });
    this.#programs.push({ id, advocates });
  }

  #addCustomer(firstOrderAt: Date | null): PersonRow {
    const id = newId("cus");
    const plan = ["gold", "basic"][this.#pick(3)];
    const traits = { ...(plan && { plan }), country: ["de", "AL", 7][this.#pick(3)], size: 3 };
    const seen = { createdAt: START, firstSeenAt: START };
    this.#add("customer", { id, traits, firstOrderAt, ...seen });
    if (this.#pick(3) > 0) return { id, traits, tier: null };
    const times = { reachedAt: START, earnedAt: START, keepUntil: START, graceUntil: START };
    const row = { customerId: id, tierId: "tir_high", reviewAt: START, earnedUnder: {}, ...times };
    this.#add("customerTier", row);
    return { id, traits, tier: { id: "tir_high", name: "High", pointsMultiplierBp: 10_000 } };
  }

  #addFriend(): void {
    const first = this.#pick(2) === 0 ? day(this.#pick(60) - 5) : null;
    const { id } = this.#addCustomer(first);
    this.friends.push(id);
    for (const program of this.#programs)
      for (let round = 1; round <= this.#pick(3); round += 1)
        this.#addReferral(id, program, round, first);
    for (let left = this.#pick(5); left > 0; left -= 1) this.#addOrder(id);
    for (let left = this.#pick(5); left > 0; left -= 1) this.#addGoal(id);
    if (this.#pick(4) === 0) this.late.firstOrderAt.set(id, day(this.#pick(50)));
  }

  #addReferral(
    friendId: string,
    { id: programId, advocates }: { id: string; advocates: { id: string; person: PersonRow }[] },
    round: number,
    firstOrderAt: Date | null,
  ): void {
    const isLate = this.#pick(5) === 0;
    const advocate = advocates[this.#pick(advocates.length)]!;
    const state = isLate ? "joined" : REFERRAL_STATES[this.#pick(6)]!;
    const joinedAt = day(this.#pick(40));
    const referral = {
      id: newId("ref"),
      programId,
      programVersion: programId === "prg_2" ? 1 : 1 + this.#pick(2),
      advocateId: advocate.id,
      friendId,
      state,
      reason: "by_code",
      channel: "email",
      arm: null,
      clickedAt: this.#pick(2) === 0 ? addDays(joinedAt, -this.#pick(4)) : null,
      joinedAt,
      provenAt: this.#pick(3) === 0 ? null : joinedAt,
      heldBack: this.#pick(5) === 0,
      expiresAt: addDays(joinedAt, 20),
    };
    const stored = { ...referral, round, code: "CODE", attributedBy: "code", createdAt: START };
    const eventId = this.#addEvent(joinedAt, friendId, "sign_up", isLate);
    this.#add("referral", stored, isLate);
    const step = { referralId: referral.id, reason: "by_code", actor: "test", recordedAt: START };
    const joined = { ...step, id: newId("stp"), state: "joined", at: joinedAt, eventId };
    this.#add("referralStep", joined, isLate);
    if (isLate) return this.#addLate(referral, advocate, eventId, firstOrderAt);
    if (state === "qualified" || state === "rewarded")
      this.#add("referralStep", { ...joined, id: newId("stp"), state: "qualified" });
    this.#addDecided(referral, eventId);
  }

  #addLate(
    referral: { joinedAt: Date },
    { id, person }: { id: string; person: PersonRow },
    joinEventId: string,
    firstOrderAt: Date | null,
  ): void {
    const advocates = this.#rows.first.get("advocate")!;
    const { qualifiedCount } = advocates.find((one) => one["id"] === id) as LoadedReferral;
    this.late.people.push(person);
    this.late.referrals.push({
      ...referral,
      ...FRESH,
      joinEventId,
      joinRecordedAt: referral.joinedAt,
      firstOrderAt,
      advocateCustomerId: person.id,
      qualifiedCount,
    } as LoadedReferral);
  }

  #addDecided(of: Pick<LoadedReferral, "id" | "programId" | "friendId">, eventId: string): void {
    const { id, programId, friendId } = of;
    const facts = freezeFacts(factsOf({ currency: "USD", at: START }));
    for (const causeKind of ["referral", "order", "second_level"]) {
      const cause = { programId, ruleId: "plain", causeKind, causeRef: id, eventId };
      const both = { ...cause, referralId: id, customerId: friendId, facts };
      const isGranted = this.#pick(2) === 0;
      const isRefused = this.#pick(2) === 0;
      if (isGranted)
        this.#add("reward", {
          ...both,
          id: newId("rwd"),
          programVersion: 1,
          side: "friend",
          source: "rule",
          state: ["held", "issued", "reversed"][this.#pick(3)],
          reason: "granted",
          terms: {
            currency: "USD",
            benefit: { kind: "credit" },
            calculator: { kind: "fixed", amount: "1.00" },
            holdDays: this.#pick(3),
            conditions: ALWAYS,
            qualificationConditions: ALWAYS,
            pointCostMilli: 1_000,
          },
          amountMinor: 100n,
          asset: "USD/2",
          costMinor: 100n,
          earnedAt: START,
          grantedAt: START,
          heldUntil: START,
        });
      else if (isRefused) {
        const advocateId = this.#programs[0]!.advocates[0]!.id;
        const refusal = { ...both, advocateId, basis: "[]", reasons: [], decidedAt: START };
        this.#add("rewardRefusal", refusal);
      }
    }
  }

  /** An event with its outcome, of whom some are kept as they were. */
  #addEvent(at: Date, customerId: string, type: string, isLate: boolean): string {
    const id = newId("evt");
    const said = { source: "api", provenance: "server", bodyHash: "", channel: null };
    const event = { id, dedupeKey: id, type, occurredAt: at, recordedAt: at, ...said };
    const body = { context: { country: "FR", channel: "search" } };
    this.#add("event", { ...event, body }, isLate);
    const ids = this.#programs.flatMap(({ id: programId, advocates }) =>
      [customerId, ...advocates.map(({ person }) => person.id)].map((who) => [programId, who]),
    );
    const then = ids.map(([program, who]) => [
      personKey(program!, who!),
      { traits: { plan: "then" }, country: null, tier: null },
    ]);
    // What is under way has no people on record.
    const people =
      isLate || this.#pick(2) === 0 ? Prisma.DbNull : (Object.fromEntries(then) as object);
    const outcome = { eventId: id, customerId, type, occurredAt: at, processedAt: at, people };
    this.#add("eventOutcome", { ...outcome, decisions: [] }, isLate);
    return id;
  }

  #addOrder(customerId: string): void {
    const isLate = this.#pick(3) === 0;
    const occurredAt = day(this.#pick(70) - 5);
    const orderId = newId("tra");
    const eventId = this.#addEvent(occurredAt, customerId, "purchase", isLate);
    const times = { occurredAt, recordedAt: START };
    const amounts = { currency: "USD", totalMinor: 3_000n, refundedMinor: 500n };
    const stands = this.#pick(4) > 0;
    this.#add("order", { id: orderId, customerId, eventId, ...times, ...amounts, stands }, isLate);
    const lines = ["tea", "cup"].map((sku, line) => {
      const sold = { sku, category: line === 0 ? "drinks" : null, totalMinor: 1_500n };
      const refundedMinor = line === 0 ? 500n : 0n;
      this.#add("orderLine", { orderId, line, quantity: 1, ...sold, refundedMinor }, isLate);
      return { ...sold, remainingMinor: 1_500n - refundedMinor, cameBack: false };
    });
    const { currency, totalMinor } = amounts;
    const fact = { orderId, customerId, eventId, ...times, currency, totalMinor, lines };
    const remainingMinor = stands ? 2_500n : 0n;
    if (isLate)
      this.late.orders.push({ ...fact, remainingMinor, country: "FR", channel: "search" });
  }

  #addGoal(customerId: string): void {
    const isLate = this.#pick(3) === 0;
    const type = ["demo", "visit", "page"][this.#pick(3)]!;
    const occurredAt = day(this.#pick(70) - 5);
    const eventId = this.#addEvent(occurredAt, customerId, type, isLate);
    const goal = { customerId, type, eventId, occurredAt, country: "FR" };
    if (isLate) this.late.goals.push({ ...goal, recordedAt: occurredAt });
  }
}

/** @param joinsAt when any of them may join by an event under way */
async function worldsOf(
  scope: Scope,
  ids: readonly string[],
  added: AddedFacts = {},
  joinsAt: Date | null = null,
): Promise<Map<string, FriendWorld>> {
  return inScope(scope, async (tx) => {
    const shop = await readShop(tx);
    const asked = ids.map((id) => ({ id, joinsAt }));
    const read = await readTogether(tx.db, friendsQueries(tx, asked, shop));
    return byFriend(friendWorlds(read, shop, added));
  });
}

const byFriend = (worlds: readonly FriendWorld[]) =>
  new Map(worlds.map((world) => [world.friendId, world]));

/** The same transaction, which notes how many statements it asks. */
function counting(tx: Tx): { tx: Tx; statements(): number } {
  let statements = 0;
  const counted = new Proxy(tx.db, {
    get(target, name) {
      if (name === "$queryRaw" || name === "$executeRaw") statements += 1;
      return Reflect.get(target, name) as unknown;
    },
  });
  return { tx: { ...tx, db: counted, dbBefore: counted }, statements: () => statements };
}

it("reads fifty friends together as it reads each alone, in two statements", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const scope = await createTestMerchant();
      const shop = new GeneratedShop(scope, seed, 50);
      await shop.write("first");
      const read = (ids: readonly string[]) =>
        inScope(scope, async (tx) => {
          const counted = counting(tx);
          const { friends } = await readFriends(counted.tx, ids);
          return { friends: byFriend(friends), statements: counted.statements() };
        });
      const alone = new Map<string, FriendWorld>();
      for (const id of shop.friends)
        for (const one of (await read([id])).friends) alone.set(...one);
      const together = await read(shop.friends);
      expect(together.friends).toEqual(alone);
      expect(together.statements).toBe(2);
      expect(alone.size).toBeGreaterThan(10);
    }),
    { numRuns: 4 },
  );
});

it("sees what is not on record yet as it will be read", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const scope = await createTestMerchant();
      const shop = new GeneratedShop(scope, seed, 50);
      await shop.write("first");
      const before = await worldsOf(scope, shop.friends, shop.late, day(41));
      await shop.write("late");
      expect(before).toEqual(await worldsOf(scope, shop.friends));
    }),
    { numRuns: 4 },
  );
});
