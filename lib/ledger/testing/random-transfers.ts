import fc from "fast-check";
import { DomainError } from "@/lib/core/errors";
import type { Asset } from "@/lib/core/money";
import type { AccountKind, AccountRef } from "../rules/accounts";
import type { Transfer } from "../rules/transfer";

/** For tests only: random histories of transfers, valid and invalid. */

export type Step =
  | { readonly verb: "post"; readonly transfers: readonly Transfer[] }
  | { readonly verb: "recover"; readonly asked: Transfer };

/**
 * What a step came to: which transfers were posted, how much was taken, or the code of the refusal.
 */
export type StepResult = readonly boolean[] | bigint | string;

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

const randomTransfer = fc.record({
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
    "recover",
    "recover",
    "bad",
  ),
  from: account,
  to: account,
  amount: fc.bigInt(1n, 300n),
  pick: fc.nat(1000),
  joins: fc.boolean(),
  rewardId: fc.option(fc.constantFrom("rwd_1", "rwd_2"), { nil: undefined }),
});
type RandomTransfer = typeof randomTransfer extends fc.Arbitrary<infer T> ? T : never;

/**
 * Histories of up to `maxLength` steps, valid and invalid, over a few accounts so that they meet
 * often.
 */
export function histories(maxLength: number): fc.Arbitrary<Step[]> {
  return fc.array(randomTransfer, { minLength: 1, maxLength, size: "max" }).map(stepsOf);
}

function stepsOf(randoms: readonly RandomTransfer[]): Step[] {
  const earlier: Transfer[] = [];
  const steps: Step[] = [];
  randoms.forEach((one, index) => {
    const transfer = transferOf(one, index, earlier);
    const last = steps.at(-1);
    if (one.kind === "recover") steps.push({ verb: "recover", asked: transfer });
    else if (one.joins && last?.verb === "post") {
      steps[steps.length - 1] = { verb: "post", transfers: [...last.transfers, transfer] };
    } else steps.push({ verb: "post", transfers: [transfer] });
    earlier.push(transfer);
  });
  return steps;
}

function transferOf(one: RandomTransfer, index: number, earlier: readonly Transfer[]): Transfer {
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

/**
 * The outcome of a real step: its answer, or the code of its refusal; any other error is thrown on.
 */
export async function resultOf(work: Promise<StepResult>): Promise<StepResult> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
