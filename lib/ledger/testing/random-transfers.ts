import fc from "fast-check";
import { DomainError } from "@/lib/core/errors";
import type { Asset } from "@/lib/core/money";
import { type AccountKind, type AccountRef, accountId } from "../rules/accounts";
import type { Lot, LotMove } from "../rules/lots";
import {
  type Books,
  type Outcome as Result,
  type PlannedTransfer,
  planTransfers,
  type Posted,
  type Transfer,
} from "../rules/plan-transfers";

/**
 * For tests only: random histories, and a ledger too simple to be wrong that says what each must
 * come to.
 */

export type Step =
  | { readonly verb: "post"; readonly transfers: readonly Transfer[] }
  | { readonly verb: "takeBack"; readonly asked: Transfer };

/**
 * What a step came to: which transfers were posted, how much was taken, or the code of the refusal.
 */
export type Outcome = readonly boolean[] | bigint | string;

const OWNERS: Record<Exclude<AccountKind, "owed">, readonly string[]> = {
  funding: ["prg_1", "prg_2"],
  pending: ["cus_1", "cus_2"],
  available: ["cus_1", "cus_2"],
  issued: ["cus_1", "cus_2"],
  spent: ["prg_1", "prg_2"],
};
const ASSETS: readonly Asset[] = ["USD/2", "PTS/0"];

const account: fc.Arbitrary<AccountRef> = fc
  .oneof(
    { weight: 3, arbitrary: fc.constant<keyof typeof OWNERS>("funding") },
    {
      weight: 6,
      arbitrary: fc.constantFrom<keyof typeof OWNERS>("pending", "available", "issued", "spent"),
    },
  )
  .chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      ownerId: fc.constantFrom(...OWNERS[kind]),
      asset: fc.constantFrom(...ASSETS),
    }),
  );

const draft = fc.record({
  // Mostly plain posts, so that there is something to repeat, to clash with and to undo.
  kind: fc.constantFrom(
    "post",
    "post",
    "post",
    "post",
    "repeat",
    "clash",
    "undo",
    "undo",
    "undoAnother",
    "takeBack",
    "takeBack",
    "bad",
  ),
  from: account,
  to: account,
  amount: fc.bigInt(1n, 300n),
  pick: fc.nat(1000),
  joins: fc.boolean(),
  rewardId: fc.option(fc.constantFrom("rwd_1", "rwd_2"), { nil: undefined }),
});
type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

/**
 * Histories of up to `maxLength` steps, valid and invalid, over a few accounts so that they meet
 * often.
 */
export function histories(maxLength: number): fc.Arbitrary<Step[]> {
  return fc.array(draft, { minLength: 1, maxLength, size: "max" }).map(stepsOf);
}

function stepsOf(drafts: readonly Draft[]): Step[] {
  const earlier: Transfer[] = [];
  const steps: Step[] = [];
  drafts.forEach((one, index) => {
    const transfer = transferOf(one, index, earlier);
    const last = steps.at(-1);
    if (one.kind === "takeBack") steps.push({ verb: "takeBack", asked: transfer });
    else if (one.joins && last?.verb === "post") {
      steps[steps.length - 1] = { verb: "post", transfers: [...last.transfers, transfer] };
    } else steps.push({ verb: "post", transfers: [transfer] });
    earlier.push(transfer);
  });
  return steps;
}

function transferOf(one: Draft, index: number, earlier: readonly Transfer[]): Transfer {
  const { asset } = one.from;
  const fresh: Transfer = {
    causeKey: `cause ${index}`,
    from: one.from,
    to: { ...one.to, asset },
    amount: { minor: one.amount, asset },
    memo: "test",
    occurredAt: new Date(1_700_000_000_000 + index * 1000),
    ...(one.rewardId === undefined ? {} : { rewardId: one.rewardId }),
  };
  if (one.kind === "bad") {
    if (one.pick % 3 === 0) return { ...fresh, amount: { minor: 0n, asset } };
    if (one.pick % 3 === 1) return { ...fresh, to: one.from };
    return { ...fresh, to: { ...one.to, asset: asset === ASSETS[0] ? ASSETS[1]! : ASSETS[0]! } };
  }
  const before = earlier[one.pick % Math.max(earlier.length, 1)];
  if (!before) return fresh;
  if (one.kind === "repeat") return { ...before, memo: "told again", occurredAt: fresh.occurredAt };
  if (one.kind === "clash")
    return { ...before, amount: { ...before.amount, minor: before.amount.minor + 1n } };
  if (one.kind === "undo" || one.kind === "undoAnother") {
    const amount =
      one.kind === "undo" ? before.amount : { ...before.amount, minor: before.amount.minor + 1n };
    return { ...fresh, from: before.to, to: before.from, amount, reversesCause: before.causeKey };
  }
  return fresh;
}

/** Books in memory: they do what the rules plan, and nothing else. */
export class MemoryBooks implements Books {
  now = new Date(0);
  readonly balances = new Map<string, bigint>();
  readonly byCause = new Map<string, Posted>();
  readonly lots = new Map<string, Lot[]>();
  readonly movesByCause = new Map<string, readonly LotMove[]>();
  /** Every transfer written, in order, as it was planned. */
  readonly journal: PlannedTransfer[] = [];

  /** Posts as `postTransfers` does, whole or not at all. @throws DomainError */
  post(transfers: readonly Transfer[]): readonly Result[] {
    const { inserts, outcomes } = planTransfers(this, transfers);
    for (const insert of inserts) this.write(insert);
    return outcomes;
  }

  /** Balances other than 0, by account id. */
  nonZero(): Record<string, bigint> {
    return Object.fromEntries([...this.balances].filter(([, minor]) => minor !== 0n).sort());
  }

  private write(insert: PlannedTransfer): void {
    const {
      transfer: {
        causeKey,
        from,
        to,
        amount: { minor },
        rewardId = null,
        reversesCause = null,
      },
      opens,
      moves,
    } = insert;
    const [fromId, toId] = [accountId(from), accountId(to)];
    this.balances.set(fromId, (this.balances.get(fromId) ?? 0n) - minor);
    this.balances.set(toId, (this.balances.get(toId) ?? 0n) + minor);
    const original = reversesCause === null ? undefined : this.byCause.get(reversesCause);
    if (original) this.byCause.set(original.causeKey, { ...original, reversedByCause: causeKey });
    this.byCause.set(causeKey, {
      causeKey,
      fromId,
      toId,
      amountMinor: minor,
      rewardId,
      reversesCause,
      reversedByCause: null,
    });
    for (const lot of opens)
      this.lots.set(lot.accountId, [...(this.lots.get(lot.accountId) ?? []), lot]);
    for (const { lotId, accountId: id, minor: moved } of moves) {
      const lots = this.lots.get(id) ?? [];
      const place = lots.findIndex((lot) => lot.id === lotId);
      lots[place] = { ...lots[place]!, remainingMinor: lots[place]!.remainingMinor + moved };
    }
    if (moves.length > 0) this.movesByCause.set(causeKey, moves);
    this.journal.push(insert);
  }
}

/** The oracle: a list of entries, re-added for every question. No map, no balance, no plan. */
export class PlainLedger {
  entries: Transfer[] = [];

  balance(id: string): bigint {
    let sum = 0n;
    for (const { from, to, amount } of this.entries) {
      if (accountId(to) === id) sum += amount.minor;
      if (accountId(from) === id) sum -= amount.minor;
    }
    return sum;
  }

  /** Balances other than 0, by account id. */
  balances(): Record<string, bigint> {
    const ids = [
      ...new Set(this.entries.flatMap(({ from, to }) => [accountId(from), accountId(to)])),
    ].sort();
    return Object.fromEntries(
      ids.map((id) => [id, this.balance(id)] as const).filter(([, minor]) => minor !== 0n),
    );
  }

  /** Does a step, whole or not at all. */
  run(step: Step): Outcome {
    const before = [...this.entries];
    const bad = (step.verb === "post" ? step.transfers : [step.asked]).some(isMalformed);
    if (bad) return "invalid_request";
    if (step.verb === "takeBack") return this.takeBack(step.asked);
    const outcomes: boolean[] = [];
    for (const transfer of step.transfers) {
      const outcome = this.post(transfer);
      if (typeof outcome === "string") {
        this.entries = before;
        return outcome;
      }
      outcomes.push(outcome);
    }
    return outcomes;
  }

  private post(transfer: Transfer): boolean | string {
    const twin = this.entries.find(({ causeKey }) => causeKey === transfer.causeKey);
    if (twin) return essence(twin) === essence(transfer) ? false : "idempotency_conflict";
    if (transfer.reversesCause !== undefined) {
      const original = this.entries.find(({ causeKey }) => causeKey === transfer.reversesCause);
      if (!original) return "not_found";
      if (original.reversesCause !== undefined) return "conflict";
      if (this.entries.some(({ reversesCause }) => reversesCause === transfer.reversesCause))
        return "conflict";
      const mirror =
        accountId(original.from) === accountId(transfer.to) &&
        accountId(original.to) === accountId(transfer.from) &&
        original.amount.minor === transfer.amount.minor;
      if (!mirror) return "invalid_request";
    }
    const source = transfer.from;
    if (source.kind !== "funding" && this.balance(accountId(source)) < transfer.amount.minor)
      return "conflict";
    this.entries.push(transfer);
    return true;
  }

  private takeBack(asked: Transfer): bigint | string {
    const twin = this.entries.find(({ causeKey }) => causeKey === asked.causeKey);
    if (twin) return twin.amount.minor;
    const held = this.balance(accountId(asked.from));
    const minor = held < 0n ? 0n : held < asked.amount.minor ? held : asked.amount.minor;
    this.entries.push({ ...asked, amount: { ...asked.amount, minor } });
    return minor;
  }
}

function isMalformed({ from, to, amount }: Transfer): boolean {
  return (
    amount.minor <= 0n ||
    from.asset !== to.asset ||
    from.asset !== amount.asset ||
    accountId(from) === accountId(to)
  );
}

function essence({ from, to, amount, rewardId, reversesCause }: Transfer): string {
  return [accountId(from), accountId(to), amount.minor, rewardId, reversesCause].join("|");
}

/**
 * The outcome of a real step: its answer, or the code of its refusal; any other error is thrown on.
 */
export async function outcomeOf(work: Promise<Outcome>): Promise<Outcome> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
