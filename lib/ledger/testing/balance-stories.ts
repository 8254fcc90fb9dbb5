import fc from "fast-check";
import { DomainError } from "@/lib/core/errors";
import { type Asset, POINTS } from "@/lib/core/money";
import { addDays } from "@/lib/core/time";
import { accountId, type AccountRef, parseAccountId } from "../rules/accounts";
import { isExpired } from "../rules/lots";
import type { Outcome, Transfer } from "../rules/plan-transfers";
import { MemoryBooks } from "./random-transfers";

/**
 * For tests only: whole lives of balances, as the product leads them, each deed as the transfers
 * that it posts.
 */

/** What was posted, on which day of the merchant's clock. */
export type Deed = { readonly day: number; readonly transfers: readonly Transfer[] };

/** What a deed came to, or the code of its refusal. */
export type Result = readonly Outcome[] | string;

export const EPOCH = new Date("2026-01-01T00:00:00Z");
const CUSTOMERS = ["cus_1", "cus_2"];

const KINDS = [
  "together",
  "together",
  "together",
  "together",
  "together",
  "grant",
  "grant",
  "release",
  "release",
  "release",
  "void",
  "spend",
  "spend",
  "spend",
  "spend",
  "cancel",
  "cancel",
  "refund",
  "refund",
  "refund",
  "sweep",
  "handOver",
  "handOver",
  "adjust",
  "cash",
  "cash",
  "pay",
  "again",
  "again",
  "wait",
  "wait",
] as const;
const draft = fc.record({
  kind: fc.constantFrom(...KINDS),
  who: fc.nat(1),
  pick: fc.nat(1000),
  minor: fc.integer({ min: 1, max: 120 }),
  days: fc.nat(30),
  claims: fc.boolean(),
});
type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

/** What there is to do something about. */
type Reward = { id: string; customer: string; minor: bigint; asset: Asset; isReleased: boolean };

export function drafts(maxLength: number): fc.Arbitrary<Draft[]> {
  return fc.array(draft, { minLength: 4, maxLength, size: "max" });
}

/**
 * Leads a life over books in memory. Each deed follows from what the books hold by then, so that
 * most of them do something.
 * @param look called with the books after each deed
 */
export function live(
  steps: readonly Draft[],
  look: (books: MemoryBooks, deed: Deed, from: number) => void,
): { books: MemoryBooks; deeds: Deed[]; results: Result[] } {
  const books = new MemoryBooks();
  const deeds: Deed[] = [];
  const results: Result[] = [];
  const rewards: Reward[] = [];
  const spends: Transfer[] = [];
  let day = 0;
  steps.forEach((step, index) => {
    if (step.kind === "wait") {
      day += step.days;
      return;
    }
    books.now = addDays(EPOCH, day);
    const deed = {
      day,
      transfers: transfersOf(step, index, { books, rewards, spends, deeds, day }),
    };
    if (deed.transfers.length === 0) return;
    const from = books.journal.length;
    results.push(resultOf(books, deed));
    deeds.push(deed);
    look(books, deed, from);
  });
  return { books, deeds, results };
}

/** Posts a deed; a refusal is its code. */
export function resultOf(books: MemoryBooks, deed: Deed): Result {
  books.now = addDays(EPOCH, deed.day);
  try {
    return books.post(deed.transfers);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

type World = {
  books: MemoryBooks;
  rewards: Reward[];
  spends: Transfer[];
  deeds: readonly Deed[];
  day: number;
};

function transfersOf(step: Draft, index: number, world: World): Transfer[] {
  const { books, rewards, spends, deeds, day } = world;
  const customer = CUSTOMERS[step.who]!;
  const minor = BigInt(step.minor);
  const base = {
    causeKey: `${step.kind} ${index}`,
    memo: step.kind,
    occurredAt: addDays(EPOCH, day),
  };
  const points = { minor, asset: POINTS };
  // Less than most rewards, so that there is something to take from.
  const some = { minor: 1n + minor / 4n, asset: POINTS };
  const pick = <T>(list: readonly T[]): T | undefined => list[step.pick % Math.max(list.length, 1)];
  switch (step.kind) {
    case "grant":
    case "cash": {
      const asset: Asset = step.kind === "cash" ? "USD/2" : POINTS;
      const reward = { id: `rwd_${index}`, customer, minor, asset, isReleased: false };
      rewards.push(reward);
      return [
        {
          ...base,
          rewardId: reward.id,
          from: purse(asset),
          to: account("pending", customer, asset),
          amount: { minor, asset },
        },
      ];
    }
    case "release": {
      const reward = pick(rewards.filter(({ isReleased }) => !isReleased));
      if (!reward) return [];
      reward.isReleased = true;
      const isCash = reward.asset !== POINTS;
      return [
        {
          ...base,
          rewardId: reward.id,
          from: account("pending", reward.customer, reward.asset),
          amount: reward,
          to: account(isCash ? "issued" : "available", reward.customer, reward.asset),
          repays: isCash,
          lotExpiresAt: step.claims || isCash ? null : addDays(EPOCH, day + step.days + 0.5),
        },
      ];
    }
    case "void":
    case "refund": {
      const reward = pick(
        rewards.filter(({ isReleased }) => isReleased === (step.kind === "refund")),
      );
      if (!reward) return [];
      const kind =
        step.kind === "void" ? "pending" : reward.asset === POINTS ? "available" : "issued";
      return [
        {
          ...base,
          rewardId: reward.id,
          from: account(kind, reward.customer, reward.asset),
          to: purse(reward.asset),
          amount: {
            minor: step.claims || reward.minor < minor ? reward.minor : minor,
            asset: reward.asset,
          },
          takesBack: step.claims ? "claim" : "clamp",
        },
      ];
    }
    case "spend": {
      const spend = {
        ...base,
        from: account("available", customer, POINTS),
        to: account("spent", "prg_1", POINTS),
        amount: some,
      };
      spends.push(spend);
      return [spend];
    }
    case "cancel": {
      const spend = pick(spends);
      return spend && books.byCause.has(spend.causeKey)
        ? [
            {
              ...base,
              from: spend.to,
              to: spend.from,
              amount: spend.amount,
              reversesCause: spend.causeKey,
            },
          ]
        : [];
    }
    case "sweep":
      return [...books.lots.values()]
        .flat()
        .filter((lot) => lot.remainingMinor > 0n && isExpired(lot, books.now))
        .map((lot, place) => ({
          ...base,
          causeKey: `${base.causeKey} ${place}`,
          lotId: lot.id,
          from: parseAccountId(lot.accountId),
          to: purse(POINTS),
          amount: { minor: lot.remainingMinor, asset: POINTS },
          takesBack: "clamp",
          ...(lot.rewardId !== null && { rewardId: lot.rewardId }),
        }));
    case "handOver":
      return [
        {
          ...base,
          from: account("available", customer, POINTS),
          to: account("available", CUSTOMERS[1 - step.who]!, POINTS),
          amount: some,
        },
      ];
    case "adjust": {
      const [own, counter] = [
        account("available", customer, POINTS),
        account("funding", "mer_1", POINTS),
      ];
      return [
        step.claims
          ? { ...base, from: own, to: counter, amount: some }
          : { ...base, from: counter, to: own, amount: points },
      ];
    }
    case "pay": {
      const from = account("issued", customer, "USD/2");
      const due = books.balances.get(accountId(from)) ?? 0n;
      return due > 0n
        ? [
            {
              ...base,
              from,
              to: account("spent", "prg_1", "USD/2"),
              amount: { minor: due, asset: "USD/2" },
            },
          ]
        : [];
    }
    case "again":
      return [...(pick(deeds)?.transfers ?? [])];
    // A grant, its release and spending from it, in one call.
    case "together": {
      const rewardId = `rwd_${index}`;
      rewards.push({ id: rewardId, customer, minor, asset: POINTS, isReleased: true });
      const [pending, available] = [
        account("pending", customer, POINTS),
        account("available", customer, POINTS),
      ];
      return [
        {
          ...base,
          causeKey: `${base.causeKey} a`,
          rewardId,
          from: purse(POINTS),
          to: pending,
          amount: points,
        },
        {
          ...base,
          causeKey: `${base.causeKey} b`,
          rewardId,
          from: pending,
          to: available,
          amount: points,
          lotExpiresAt: addDays(EPOCH, day + step.days + 0.5),
        },
        {
          ...base,
          causeKey: `${base.causeKey} c`,
          from: available,
          to: account("spent", "prg_1", POINTS),
          amount: { minor: 1n, asset: POINTS },
        },
      ];
    }
    case "wait":
      return [];
  }
}

function account(kind: AccountRef["kind"], ownerId: string, asset: Asset): AccountRef {
  return { kind, ownerId, asset };
}

function purse(asset: Asset): AccountRef {
  return account("funding", "prg_1", asset);
}
