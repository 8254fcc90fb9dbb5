import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REWARD_STATES } from "@/lib/rewards/schema";
import {
  type Asker,
  cancelRefusal,
  inCustomersOrder,
  leftOf,
  type Offer,
  refusalOf,
} from "./rules";

const mug: Offer = {
  state: "active",
  pricePoints: 500n,
  stock: 3,
  redeemed: 1,
  perPerson: 2,
  tierRank: 2,
};
const gold: Asker = { points: 500n, had: 0, rank: 2 };

describe("refusalOf", () => {
  it("lets someone have what they can pay, of their tier, under their limit, in stock", () => {
    expect(refusalOf(mug, gold)).toBeNull();
    expect(
      refusalOf(
        { ...mug, stock: null, perPerson: null, tierRank: null },
        { points: 500n, had: 900, rank: 0 },
      ),
    ).toBeNull();
  });

  it("says why not, one reason at a time", () => {
    expect(refusalOf({ ...mug, state: "disabled" }, gold)?.code).toBe("not_offered");
    expect(refusalOf(mug, { ...gold, rank: 1 })?.code).toBe("tier_required");
    expect(refusalOf({ ...mug, tierRank: "gone" }, { ...gold, rank: 99 })?.code).toBe(
      "tier_required",
    );
    expect(refusalOf(mug, { ...gold, had: 2 })).toEqual({
      code: "limit_reached",
      message: "At most 2 per customer.",
    });
    expect(refusalOf({ ...mug, redeemed: 3 }, gold)?.code).toBe("sold_out");
    expect(refusalOf(mug, { ...gold, points: 380n })).toEqual({
      code: "not_enough_points",
      message: "120 more points are needed.",
      missing: 120n,
    });
  });

  it("counts what is owed against the points", () => {
    expect(refusalOf(mug, { ...gold, points: -40n })?.missing).toBe(540n);
  });

  it("never lets more go than there is, nor for less than it costs", () => {
    const offer = fc.record({
      state: fc.constantFrom("active", "disabled"),
      pricePoints: fc.bigInt(1n, 1_000n),
      stock: fc.option(fc.nat(5)),
      redeemed: fc.nat(5),
      perPerson: fc.option(fc.integer({ min: 1, max: 3 })),
      tierRank: fc.constantFrom(null, 1, 2, "gone" as const),
    });
    const asker = fc.record({ points: fc.bigInt(-50n, 1_200n), had: fc.nat(4), rank: fc.nat(3) });
    fc.assert(
      fc.property(offer, asker, (offer, asker) => {
        if (refusalOf(offer, asker) !== null) return;
        expect(offer.stock === null || offer.redeemed < offer.stock).toBe(true);
        expect(asker.points >= offer.pricePoints).toBe(true);
        expect(offer.perPerson === null || asker.had < offer.perPerson).toBe(true);
        expect(offer.tierRank === null || asker.rank >= Number(offer.tierRank)).toBe(true);
      }),
    );
  });
});

it("tells what is left, never less than nothing", () => {
  expect([
    leftOf(mug),
    leftOf({ stock: null, redeemed: 7 }),
    leftOf({ stock: 1, redeemed: 2 }),
  ]).toEqual([2, null, 0]);
});

it("shows what can be had first, then what comes nearest", () => {
  const item = (
    name: string,
    pricePoints: bigint,
    code?: "sold_out" | "tier_required" | "not_enough_points",
  ) => ({ name, pricePoints, position: 0, refusal: code ? { code, message: "" } : null });
  const sorted = inCustomersOrder([
    item("sold", 10n, "sold_out"),
    item("far", 900n, "not_enough_points"),
    item("dear", 300n),
    item("locked", 20n, "tier_required"),
    item("near", 400n, "not_enough_points"),
    item("cheap", 100n),
  ]);
  expect(sorted.map(({ name }) => name)).toEqual([
    "cheap",
    "dear",
    "near",
    "far",
    "locked",
    "sold",
  ]);
});

describe("cancelRefusal", () => {
  const coupon = { kind: "amount_off" as const, codes: { kind: "pattern" } };

  it("lets a customer cancel what waits for them, and a code of ours", () => {
    expect(
      cancelRefusal({ state: "available", benefit: { kind: "gift" }, inPayout: false }, "customer"),
    ).toBeNull();
    expect(
      cancelRefusal({ state: "issued", benefit: coupon, inPayout: false }, "customer"),
    ).toBeNull();
  });

  it("leaves a code out of the shop's own pool to the shop, once it was shown", () => {
    const pooled = {
      state: "issued" as const,
      benefit: { kind: "amount_off" as const, codes: { kind: "pool" } },
      inPayout: false,
    };
    expect(cancelRefusal(pooled, "customer")).toContain("only the shop");
    expect(cancelRefusal(pooled, "staff")).toBeNull();
    expect(cancelRefusal({ ...pooled, state: "available" }, "customer")).toBeNull();
  });

  it("cannot be cancelled once it was used, delivered or is being paid", () => {
    for (const by of ["customer", "staff"] as const) {
      expect(cancelRefusal({ state: "used", benefit: coupon, inPayout: false }, by)).not.toBeNull();
      expect(
        cancelRefusal({ state: "available", benefit: { kind: "donation" }, inPayout: true }, by),
      ).not.toBeNull();
    }
  });

  it("lets staff do whatever the customer may", () => {
    const allowed = (by: "customer" | "staff") =>
      REWARD_STATES.filter(
        (state) => cancelRefusal({ state, benefit: coupon, inPayout: false }, by) === null,
      );
    expect(allowed("staff")).toEqual(expect.arrayContaining(allowed("customer")));
  });
});
