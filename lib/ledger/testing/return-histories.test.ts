import fc from "fast-check";
import { expect, it } from "vitest";
import { POINTS } from "@/lib/core/money";
import { addDays } from "@/lib/core/time";
import { accountId, type AccountRef } from "../rules/accounts";
import { isExpired, type Lot } from "../rules/lots";
import {
  planReturn,
  type ReturnedPart,
  type ReturnUse,
  type Shortfall,
} from "../rules/plan-return";
import type { Transfer } from "../rules/transfer";
import { EPOCH } from "./history-steps";
import { MemoryLedger } from "./memory-ledger";

/** Histories of a balance that is earned, spent, reversed, and gets back what had been spent. */

const account = (kind: AccountRef["kind"]): AccountRef => ({
  kind,
  ownerId: kind === "funding" || kind === "spent" ? "prg_1" : "cus_1",
  asset: POINTS,
});
const [funding, balance, spent, owed] = [
  account("funding"),
  account("available"),
  account("spent"),
  account("owed"),
];

const randomSteps = fc.record({
  claims: fc.boolean(),
  expires: fc.boolean(),
  steps: fc.array(
    fc.record({
      what: fc.constantFrom("earn", "earn", "spend", "spend", "whole", "part", "cancel", "wait"),
      pick: fc.nat(100),
      minor: fc.integer({ min: 1, max: 120 }),
    }),
    { minLength: 4, maxLength: 24, size: "max" },
  ),
});
type History = typeof randomSteps extends fc.Arbitrary<infer T> ? T : never;

type Reward = {
  id: string;
  amount: bigint;
  reversed: bigint;
  recovered: bigint;
  expired: bigint;
  borrowed: bigint;
  claimed: bigint;
  reversedAt: number;
  /** The lots that stood in for it and were not made good yet, the first first. */
  lent: StandIn[];
};

type StandIn = { rewardId: string | null; expiresAt: Date | null; minor: bigint };

class World {
  readonly ledger = new MemoryLedger();
  readonly rewards: Reward[] = [];
  readonly spends = new Map<string, number>();
  private time = 0;

  constructor(private readonly history: Pick<History, "claims" | "expires">) {
    this.ledger.now = EPOCH;
  }

  step({ what, pick, minor }: History["steps"][number]): void {
    this.time += 1;
    const reward = this.rewards[pick % Math.max(this.rewards.length, 1)];
    const spend = [...this.spends.keys()][pick % Math.max(this.spends.size, 1)];
    if (what === "earn") this.earn(BigInt(minor), pick % 10);
    else if (what === "spend") this.spend(BigInt(minor));
    else if (what === "wait") this.wait(pick % 5);
    else if (what === "cancel" && spend !== undefined) this.cancel(spend);
    else if (what === "whole" && reward) this.reverse(reward, worthOf(reward));
    else if (what === "part" && reward) this.reverse(reward, worthOf(reward) / 2n);
  }

  earn(minor: bigint, days: number): void {
    const id = `rwd_${this.time}`;
    const none = { reversed: 0n, recovered: 0n, expired: 0n, borrowed: 0n, claimed: 0n };
    this.rewards.push({ id, amount: minor, ...none, reversedAt: 0, lent: [] });
    const lotExpiresAt = this.history.expires ? addDays(this.ledger.now, days + 1) : null;
    this.post(`earn ${this.time}`, funding, balance, minor, { rewardId: id, lotExpiresAt });
  }

  spend(minor: bigint): void {
    const lots = this.lots().filter((lot) => !isExpired(lot, this.ledger.now));
    const there = lots.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0n);
    if (there === 0n) return;
    const key = `spend ${this.time}`;
    this.post(key, balance, spent, minor < there ? minor : there);
    this.spends.set(key, this.time);
  }

  reverse(reward: Reward, minor: bigint): void {
    if (minor <= 0n) return;
    this.time += 1;
    const key = `reverse ${reward.id} ${this.time}`;
    const { movedMinor, claimedMinor, borrowedMinor } = this.post(key, balance, funding, minor, {
      rewardId: reward.id,
      shortfall: this.history.claims ? "claim" : "clamp",
    });
    for (const { lotId, minor } of this.ledger.movesByCause.get(key) ?? [])
      this.lend(reward, lotId, -minor);
    reward.reversed += minor;
    reward.recovered += movedMinor + claimedMinor;
    reward.claimed += claimedMinor;
    reward.borrowed += borrowedMinor;
    reward.reversedAt = this.time;
  }

  cancel(spend: string): void {
    const minor = this.ledger.byCause.get(spend)!.amountMinor;
    const key = `cancel ${spend}`;
    const spentAt = this.spends.get(spend)!;
    this.spends.delete(spend);
    this.post(key, spent, balance, minor, { reversesCause: spend, keepsAll: true });
    const moved = this.ledger.movesByCause.get(key)!;
    let parts = moved.map(({ lotId, minor }) => this.partOf(this.lot(lotId), minor));
    for (let round = 0; parts.length > 0; round += 1) {
      const uses = planReturn(parts, this.shortfalls(spentAt), this.owes());
      parts = uses.flatMap((use, place) => this.use(use, `${key} ${round} ${place}`));
    }
  }

  private shortfalls(spentAt: number): Shortfall[] {
    return this.rewards.map((reward) => ({
      rewardId: reward.id,
      givenUp: reward.reversed - reward.recovered,
      wasSpent: reward.reversedAt > spentAt,
      claimed: reward.claimed,
      borrowed: reward.borrowed,
    }));
  }

  private owes(): bigint {
    return -(this.ledger.balances.get(accountId(owed)) ?? 0n);
  }

  private partOf({ id, rewardId, expiresAt }: Lot, minor: bigint): ReturnedPart {
    return { lotId: id, rewardId, minor, isExpired: isExpired({ expiresAt }, this.ledger.now) };
  }

  /** @returns the lots that were opened for what had stood in */
  private use({ what, lotId, minor, ...use }: ReturnUse, key: string): ReturnedPart[] {
    const of = this.rewards.find(({ id }) => id === use.rewardId);
    const madeGood = of ? takeFirst(of.lent, use.borrowed) : [];
    if (of) {
      of.borrowed -= use.borrowed;
      of.claimed -= use.claimed;
    }
    this.post(key, balance, what === "repay" ? owed : funding, minor, { lotId });
    const by = this.rewards.find(({ id }) => id === use.recoveredBy);
    if (by) {
      by.recovered += minor;
      if (by !== of) by.borrowed += minor;
      this.lend(by, lotId, minor);
    }
    if (what !== "replace") return [];
    // What paid a claim is nobody's here.
    const nobodys = { rewardId: null, expiresAt: null, minor: use.claimed };
    return [...madeGood, ...(use.claimed > 0n ? [nobodys] : [])].map((standIn, place) =>
      this.giveBack(standIn, `${key} back ${place}`),
    );
  }

  private giveBack({ rewardId, expiresAt, minor }: StandIn, key: string): ReturnedPart {
    this.post(key, funding, balance, minor, {
      keepsAll: true,
      lotExpiresAt: expiresAt,
      ...(rewardId !== null && { rewardId }),
    });
    return this.partOf(
      this.lots().find(({ openedBy }) => openedBy === key)!,
      minor,
    );
  }

  /** Notes that a lot stood in for a reward, if it is another one's. */
  private lend(reward: Reward, lotId: string, minor: bigint): void {
    const { rewardId, expiresAt } = this.lot(lotId);
    if (rewardId !== reward.id) reward.lent.push({ rewardId, expiresAt, minor });
  }

  private lot(lotId: string): Lot {
    return this.lots().find(({ id }) => id === lotId)!;
  }

  wait(days: number): void {
    this.ledger.now = addDays(this.ledger.now, days);
    for (const lot of this.lots()) {
      if (lot.remainingMinor === 0n || !isExpired(lot, this.ledger.now)) continue;
      const reward = this.rewards.find(({ id }) => id === lot.rewardId);
      if (reward) reward.expired += lot.remainingMinor;
      const key = `expire ${this.time} ${lot.id}`;
      this.post(key, balance, funding, lot.remainingMinor, { lotId: lot.id });
    }
  }

  lots(): readonly Lot[] {
    return this.ledger.lots.get(accountId(balance)) ?? [];
  }

  private post(
    causeKey: string,
    from: AccountRef,
    to: AccountRef,
    minor: bigint,
    more: Partial<Transfer> = {},
  ) {
    const amount = { minor, asset: POINTS };
    const transfer = { causeKey, from, to, amount, memo: "", occurredAt: this.ledger.now, ...more };
    return this.ledger.post([transfer])[0]!;
  }
}

function worthOf({ amount, reversed, expired }: Reward): bigint {
  return amount - reversed - expired;
}

/** Takes an amount off a list, the first first. */
function takeFirst(list: StandIn[], minor: bigint): StandIn[] {
  const taken: StandIn[] = [];
  for (let left = minor; left > 0n;) {
    const first = list.shift();
    must(first !== undefined, "what is made good had stood in");
    const part = first!.minor < left ? first!.minor : left;
    left -= part;
    taken.push({ ...first!, minor: part });
    if (part < first!.minor) list.unshift({ ...first!, minor: first!.minor - part });
  }
  return taken;
}

/** Throws without the cost of an expectation: it is asked some hundred thousand times. */
function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

function sum<T>(list: readonly T[], of: (one: T) => bigint): bigint {
  return list.reduce((sum, one) => sum + of(one), 0n);
}

function check(world: World): void {
  const { ledger, rewards, spends } = world;
  const at = (account: AccountRef) => ledger.balances.get(accountId(account)) ?? 0n;
  must(sum([...ledger.balances.values()], (minor) => minor) === 0n, "all accounts sum to 0");
  must(at(balance) === sum(world.lots(), (lot) => lot.remainingMinor), "lots make the balance");
  must(at(owed) <= 0n, "a debt is no credit");
  const spent = sum([...spends.keys()], (key) => ledger.byCause.get(key)!.amountMinor);
  const givenUp = sum(rewards, (reward) => reward.reversed - reward.recovered);
  must(givenUp <= spent, "no more is given up than is spent");
  const worth = sum(rewards, worthOf);
  must(at(balance) + at(owed) === worth - spent + givenUp, "what is there is earned and not spent");
  for (const reward of rewards) {
    const { id, recovered, borrowed, claimed } = reward;
    must(borrowed >= 0n && claimed >= 0n, `${id} is short of less than nothing`);
    must(sum(reward.lent, ({ minor }) => minor) === borrowed, `${id} knows what stood in`);
    must(borrowed + claimed <= recovered, `${id} recovered what stood in for it`);
    const left = sum(world.lots(), (lot) => (lot.rewardId === id ? lot.remainingMinor : 0n));
    must(left <= worthOf(reward), `${id} has lots beyond its worth`);
  }
}

it("10,000 histories leave nobody the value of what was reversed", () => {
  const seen: Record<string, number> = {};
  fc.assert(
    fc.property(randomSteps, ({ steps, ...history }) => {
      const world = new World(history);
      for (const step of steps) {
        world.step(step);
        check(world);
      }
      for (const { transfer } of world.ledger.journal) {
        const kind = transfer.causeKey.split(" ")[0]!;
        seen[kind] = (seen[kind] ?? 0) + 1;
      }
      // When all that was spent has come back, nothing is given up and nothing is owed.
      for (const spend of world.spends.keys()) world.cancel(spend);
      check(world);
      must(
        sum(world.rewards, ({ reversed, recovered }) => reversed - recovered) === 0n,
        "all is recovered",
      );
      for (const reward of world.rewards) world.reverse(reward, worthOf(reward));
      check(world);
      must(!world.ledger.nonZero()[accountId(balance)], "nothing is left of what was reversed");
    }),
    { numRuns: 10_000 },
  );
  for (const what of ["earn", "spend", "reverse", "cancel", "expire"])
    expect(seen[what] ?? 0, what).toBeGreaterThan(1_000);
});
