import type { ErrorCode } from "@/lib/core/errors";
import type { Benefit } from "@/lib/terms/schema";
import type { RewardState } from "@/lib/rewards/schema";

/** What may be redeemed and cancelled, and why not, as pure functions of the facts. */

/** An item as far as it decides who may have it. */
export type Offer = {
  /** active or disabled */
  state: string;
  pricePoints: bigint;
  /** How many there are in all; null for as many as are asked for. */
  stock: number | null;
  /** How many of them are with customers. */
  redeemed: number;
  perPerson: number | null;
  /**
   * Rank of the lowest tier that may have it; null for everyone, "gone" where that tier is no more.
   */
  tierRank: number | "gone" | null;
};

/** Who asks. */
export type Asker = {
  /** Points to spend; below 0 while something is owed. */
  points: bigint;
  /** How many of the item they have already. */
  had: number;
  /** Rank of their tier, 0 without one. */
  rank: number;
};

export const REFUSAL_CODES = [
  "not_offered",
  "tier_required",
  "limit_reached",
  "sold_out",
  "not_enough_points",
] as const satisfies ErrorCode[];
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export type Refusal = {
  code: RefusalCode;
  /** One plain sentence, in English. */
  message: string;
  /** Points that are missing, for `not_enough_points`. */
  missing?: bigint;
};

/**
 * Why a customer cannot redeem an item; null when they can. Reasons that more points would not
 * change come first.
 */
export function refusalOf(offer: Offer, asker: Asker): Refusal | null {
  if (offer.state !== "active")
    return { code: "not_offered", message: "This item is not available." };
  if (offer.tierRank === "gone" || (offer.tierRank !== null && asker.rank < offer.tierRank)) {
    return { code: "tier_required", message: "This item is for customers of a higher tier." };
  }
  if (offer.perPerson !== null && asker.had >= offer.perPerson) {
    return {
      code: "limit_reached",
      message:
        offer.perPerson === 1
          ? "One per customer, and this customer has it."
          : `At most ${offer.perPerson} per customer.`,
    };
  }
  if (leftOf(offer) === 0) return { code: "sold_out", message: "This item is sold out." };
  const missing = offer.pricePoints - asker.points;
  if (missing > 0n) {
    return {
      code: "not_enough_points",
      message: missing === 1n ? "1 more point is needed." : `${missing} more points are needed.`,
      missing,
    };
  }
  return null;
}

/** How many are left; null for as many as are asked for. */
export function leftOf({ stock, redeemed }: Pick<Offer, "stock" | "redeemed">): number | null {
  return stock === null ? null : Math.max(0, stock - redeemed);
}

const NEARNESS: Record<RefusalCode, number> = {
  not_enough_points: 1,
  tier_required: 2,
  limit_reached: 3,
  sold_out: 4,
  not_offered: 5,
};

/**
 * What can be had first, cheapest first; then what comes nearest; the merchant's own order decides
 * among equals.
 */
export function inCustomersOrder<
  T extends { pricePoints: bigint; position: number; refusal: Refusal | null },
>(items: readonly T[]): T[] {
  const near = ({ refusal }: T) => (refusal === null ? 0 : NEARNESS[refusal.code]);
  return [...items].sort(
    (left, right) =>
      near(left) - near(right) ||
      Number(left.pricePoints - right.pricePoints) ||
      left.position - right.position,
  );
}

/** What was redeemed, as far as it decides whether it can be cancelled. */
export type Got = {
  state: RewardState;
  benefit: Pick<Benefit, "kind"> & { codes?: { kind: string } | undefined };
  /** In a payout of the merchant's, under way or done. */
  inPayout: boolean;
};

/**
 * Why a redemption can no longer be cancelled; null when it can. The merchant's shop accepts a code
 * from its own pool whatever we say, so once it was shown only staff can cancel it.
 */
export function cancelRefusal(got: Got, by: "customer" | "staff"): string | null {
  if (got.state === "used") return "This was already used or delivered.";
  if (got.inPayout) return "This is already part of a payout.";
  if (by === "staff") return null;
  if (got.state === "voided" || got.state === "reversed") return "The shop has voided this.";
  if (got.state === "expired") return "This has expired.";
  if (got.state === "issued" && got.benefit.codes?.kind === "pool")
    return "You have seen the code; only the shop can void it.";
  return null;
}
