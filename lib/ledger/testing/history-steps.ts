import fc from "fast-check";
import { type Asset, POINTS } from "@/lib/core/money";
import { addDays } from "@/lib/core/time";
import { type AccountKind, accountId, type AccountRef, parseAccountId } from "../rules/accounts";
import { isExpired } from "../rules/lots";
import type { Transfer } from "../rules/transfer";
import type { MemoryLedger } from "./memory-ledger";

/** For tests only: random steps of balances as the product takes them, each as its transfers. */

export const EPOCH = new Date("2026-01-01T00:00:00Z");
const CUSTOMERS = ["cus_1", "cus_2"];

/** How often each kind of step is drawn. */
const WEIGHTS = {
  together: 5,
  grant: 2,
  release: 3,
  void: 1,
  spend: 4,
  cancel: 2,
  refund: 3,
  sweep: 1,
  handOn: 2,
  adjust: 1,
  cash: 2,
  pay: 1,
  again: 2,
  wait: 2,
} as const;
type StepKind = keyof typeof WEIGHTS;

const randomStep = fc.record({
  kind: fc.oneof(
    ...Object.entries(WEIGHTS).map(([kind, weight]) => ({
      weight,
      arbitrary: fc.constant(kind as StepKind),
    })),
  ),
  who: fc.nat(1),
  pick: fc.nat(1000),
  minor: fc.integer({ min: 1, max: 120 }),
  days: fc.nat(30),
  claims: fc.boolean(),
});
export type RandomStep = typeof randomStep extends fc.Arbitrary<infer T> ? T : never;

export function randomSteps(maxLength: number): fc.Arbitrary<RandomStep[]> {
  return fc.array(randomStep, { minLength: 4, maxLength, size: "max" });
}

/** What was posted, on which day of the merchant's clock. */
export type Posting = { readonly day: number; readonly transfers: readonly Transfer[] };

type Reward = { id: string; customer: string; minor: bigint; asset: Asset; isReleased: boolean };

/** What there is to do something about. */
export type World = {
  ledger: MemoryLedger;
  rewards: Reward[];
  spends: Transfer[];
  postings: readonly Posting[];
  day: number;
};

type Drawn = RandomStep & {
  index: number;
  customer: string;
  base: { causeKey: string; memo: string; occurredAt: Date };
  amount: bigint;
  pickFrom<T>(list: readonly T[]): T | undefined;
};

/** The transfers of a step; none where there is nothing that it could do. */
export function transfersOf(step: RandomStep, index: number, world: World): Transfer[] {
  return STEPS[step.kind](
    {
      ...step,
      index,
      customer: CUSTOMERS[step.who]!,
      base: {
        causeKey: `${step.kind} ${index}`,
        memo: step.kind,
        occurredAt: addDays(EPOCH, world.day),
      },
      amount: BigInt(step.minor),
      pickFrom: (list) => list[step.pick % Math.max(list.length, 1)],
    },
    world,
  );
}

const STEPS: Record<StepKind, (step: Drawn, world: World) => Transfer[]> = {
  grant: (step, world) => grant(step, world, POINTS),
  cash: (step, world) => grant(step, world, "USD/2"),
  release,
  void: (step, world) => reverse(step, world, false),
  refund: (step, world) => reverse(step, world, true),
  spend({ base, customer, amount }, { spends }) {
    const spend = {
      ...base,
      from: account("available", customer, POINTS),
      to: account("spent", "prg_1", POINTS),
      amount: partOf(amount),
    };
    spends.push(spend);
    return [spend];
  },
  cancel({ base, pickFrom }, { spends, ledger }) {
    const spend = pickFrom(spends);
    if (!spend || !ledger.byCause.has(spend.causeKey)) return [];
    const { from, to, amount, causeKey } = spend;
    return [{ ...base, from: to, to: from, amount, reversesCause: causeKey }];
  },
  sweep,
  handOn: ({ base, customer, who, amount }) => [
    {
      ...base,
      from: account("available", customer, POINTS),
      to: account("available", CUSTOMERS[1 - who]!, POINTS),
      amount: partOf(amount),
    },
  ],
  adjust({ base, customer, claims, amount }) {
    const own = account("available", customer, POINTS);
    const counter = account("funding", "mer_1", POINTS);
    return [
      claims
        ? { ...base, from: own, to: counter, amount: partOf(amount) }
        : { ...base, from: counter, to: own, amount: { minor: amount, asset: POINTS } },
    ];
  },
  pay({ base, customer }, { ledger }) {
    const from = account("issued", customer, "USD/2");
    const minor = ledger.balances.get(accountId(from)) ?? 0n;
    if (minor <= 0n) return [];
    const to = account("spent", "prg_1", "USD/2");
    return [{ ...base, from, to, amount: { minor, asset: "USD/2" } }];
  },
  again: ({ pickFrom }, { postings }) => [...(pickFrom(postings)?.transfers ?? [])],
  together,
  wait: () => [],
};

function grant({ base, index, customer, amount }: Drawn, { rewards }: World, asset: Asset) {
  const reward = { id: `rwd_${index}`, customer, minor: amount, asset, isReleased: false };
  rewards.push(reward);
  return [
    {
      ...base,
      rewardId: reward.id,
      from: funding(asset),
      to: account("pending", customer, asset),
      amount: { minor: amount, asset },
    },
  ];
}

function release({ base, claims, days, pickFrom }: Drawn, { rewards, day }: World): Transfer[] {
  const reward = pickFrom(rewards.filter(({ isReleased }) => !isReleased));
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
      lotExpiresAt: claims || isCash ? null : addDays(EPOCH, day + days + 0.5),
    },
  ];
}

function reverse(
  { base, claims, amount, pickFrom }: Drawn,
  { rewards }: World,
  isReleased: boolean,
): Transfer[] {
  const reward = pickFrom(rewards.filter((one) => one.isReleased === isReleased));
  if (!reward) return [];
  const kind = !isReleased ? "pending" : reward.asset === POINTS ? "available" : "issued";
  return [
    {
      ...base,
      rewardId: reward.id,
      from: account(kind, reward.customer, reward.asset),
      to: funding(reward.asset),
      amount: {
        minor: claims || reward.minor < amount ? reward.minor : amount,
        asset: reward.asset,
      },
      shortfall: claims ? "claim" : "clamp",
    },
  ];
}

function sweep({ base }: Drawn, { ledger }: World): Transfer[] {
  return [...ledger.lots.values()]
    .flat()
    .filter((lot) => lot.remainingMinor > 0n && isExpired(lot, ledger.now))
    .map((lot, place) => ({
      ...base,
      causeKey: `${base.causeKey} ${place}`,
      lotId: lot.id,
      from: parseAccountId(lot.accountId),
      to: funding(POINTS),
      amount: { minor: lot.remainingMinor, asset: POINTS },
      shortfall: "clamp",
      ...(lot.rewardId !== null && { rewardId: lot.rewardId }),
    }));
}

/** A grant, its release and spending from it, in one call. */
function together({ base, index, customer, amount, days }: Drawn, world: World): Transfer[] {
  const rewardId = `rwd_${index}`;
  const points = { minor: amount, asset: POINTS };
  world.rewards.push({ id: rewardId, customer, ...points, isReleased: true });
  const pending = account("pending", customer, POINTS);
  const available = account("available", customer, POINTS);
  const part = (letter: string) => ({ ...base, causeKey: `${base.causeKey} ${letter}` });
  return [
    { ...part("a"), rewardId, from: funding(POINTS), to: pending, amount: points },
    {
      ...part("b"),
      rewardId,
      from: pending,
      to: available,
      amount: points,
      lotExpiresAt: addDays(EPOCH, world.day + days + 0.5),
    },
    {
      ...part("c"),
      from: available,
      to: account("spent", "prg_1", POINTS),
      amount: { minor: 1n, asset: POINTS },
    },
  ];
}

/** Less than most rewards, so that there is something to take from. */
const partOf = (minor: bigint) => ({ minor: 1n + minor / 4n, asset: POINTS });

function account(kind: AccountKind, ownerId: string, asset: Asset): AccountRef {
  return { kind, ownerId, asset };
}

const funding = (asset: Asset) => account("funding", "prg_1", asset);
