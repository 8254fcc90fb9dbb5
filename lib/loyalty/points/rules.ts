import { groupedBy } from "@/lib/core/collections/grouped-by";
import type { AccountKind } from "@/lib/ledger/rules/accounts";
import type { RewardSource } from "@/lib/rewards/schema";

/** What a movement of a customer's points was. */
export type LineKind =
  "earned" | "given" | "redeemed" | "returned" | "expired" | "called_back" | "adjusted";

export type Movement = {
  causeKey: string;
  /** Kind of the other account. */
  other: AccountKind;
  /** Into the balance, or out of it. */
  incoming: boolean;
  /** What granted the reward that it belongs to, where it belongs to one. */
  source: RewardSource | null;
};

/**
 * What a movement was, by where the points came from and went to:
 * - pending or funding → balance, of a reward: earned; given where no rule of a program granted it
 * - balance → spent: redeemed
 * - spent → balance: returned, as a redemption was cancelled
 * - balance → funding, of a reward: reversed (`called_back`) or expired
 * - anything without a reward: adjusted by hand
 */
export function lineKind({ causeKey, other, incoming, source }: Movement): LineKind {
  if (other === "spent") return incoming ? "returned" : "redeemed";
  if (!incoming && /(^|:)expir/.test(causeKey)) return "expired";
  if (source === null) return "adjusted";
  if (!incoming) return "called_back";
  return source === "rule" ? "earned" : "given";
}

/** Movements that are alike: what they add up to, and what each was where all were the same. */
export type Alike<Line> = { lines: Line[]; sum: bigint; each: bigint | null };

/**
 * A list of movements with those that are alike together, each group where its first stood.
 * @param keyOf the same for lines that say the same
 */
export function foldAlike<Line extends { minor: bigint }>(
  lines: readonly Line[],
  keyOf: (line: Line) => string,
): Alike<Line>[] {
  return [...groupedBy(lines, keyOf).values()].map((group) => {
    const first = group[0]!.minor;
    return {
      lines: group,
      sum: group.reduce((sum, { minor }) => sum + minor, 0n),
      each: group.every(({ minor }) => minor === first) ? first : null,
    };
  });
}

/** The months from one to another, "2026-01" and on, without a gap. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (
    let [year, month] = parts(first);
    ;
    month === 12 ? ((year += 1), (month = 1)) : (month += 1)
  ) {
    const text = `${year}-${String(month).padStart(2, "0")}`;
    if (text > last) return months;
    months.push(text);
  }
}

function parts(month: string): [number, number] {
  return [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
}
