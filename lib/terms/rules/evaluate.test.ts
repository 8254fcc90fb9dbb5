import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Condition } from "../schema";
import {
  type ConditionFacts,
  factsOf,
  freezeFacts,
  NO_COUNTS,
  thawFacts,
} from "../facts/conditions";
import { evaluate } from "./evaluate";

const known: ConditionFacts = factsOf({
  currency: "USD",
  orderMinor: 4_999n,
  orderCurrency: "USD",
  isNewCustomer: true,
  channel: "whatsapp",
  timeZone: "Europe/Berlin",
  lines: [
    { sku: "TEA-1", category: "Drinks", minor: 4_000n },
    { sku: "free-cup", category: null, minor: 0n },
  ],
  // A Saturday, 01:30 in Berlin.
  at: new Date("2026-05-01T23:30:00Z"),
  clickedAt: new Date("2026-04-28T23:00:00Z"),
  joinedAt: new Date("2026-05-01T23:31:00Z"),
  owner: "friend",
  advocate: { traits: { plan: "Pro", segments: ["VIP", "old"] }, country: "XK", tier: "gold" },
  friend: { traits: { tags: ["a", 7], segment: "new" }, country: null, tier: null },
  counts: { ...NO_COUNTS, confirmed_referrals: 3 },
});
const holds = (condition: Condition, facts = known) => evaluate(condition, facts).holds;

describe("combinations", () => {
  const yes: Condition = { kind: "new_customer" };
  const no: Condition = { kind: "order_total", atLeast: "50" };
  it.each<[Condition, boolean]>([
    [{ all: [] }, true],
    [{ any: [yes, no] }, true],
    [{ any: [no] }, false],
    [{ none: [no] }, true],
    [{ none: [yes, no] }, false],
    [{ all: [yes, { none: [no] }] }, true],
    [{ all: [yes, no] }, false],
  ])("%j is %s", (condition, expected) => expect(holds(condition)).toBe(expected));

  it("give the reason of every leaf, also of those that would not have been needed", () => {
    expect(
      evaluate({ any: [yes, { all: [no, yes] }] }, known).reasons.map(({ code }) => code),
    ).toEqual(["new_customer", "order_too_small", "new_customer"]);
  });
});

it.each<[Condition, boolean]>([
  [{ kind: "order_total", atLeast: "49.99" }, true],
  [{ kind: "product", skus: ["tea-1"] }, true],
  [{ kind: "product", skus: ["free-cup"] }, true],
  [{ kind: "product", skus: ["pot"] }, false],
  [{ kind: "category", categories: ["drinks"] }, true],
  [{ kind: "category", categories: ["ware"] }, false],
  [{ kind: "currency", currencies: ["EUR", "USD"] }, true],
  [{ kind: "currency", currencies: ["EUR"] }, false],
  [{ kind: "country", of: "advocate", countries: ["XK", "AL"] }, true],
  [{ kind: "country", of: "owner", countries: ["XK"] }, false],
  [{ kind: "channel", channels: ["WhatsApp"] }, true],
  [{ kind: "channel", channels: ["email"] }, false],
  [{ kind: "trait", of: "advocate", trait: "plan", is: ["pro"] }, true],
  [{ kind: "trait", of: "friend", trait: "tags", is: ["7"] }, true],
  [{ kind: "trait", of: "friend", trait: "plan", is: ["pro"] }, false],
  [{ kind: "segment", of: "advocate", segments: ["vip"] }, true],
  [{ kind: "segment", of: "owner", segments: ["New"] }, true],
  [{ kind: "segment", of: "friend", segments: ["vip"] }, false],
  [{ kind: "days_since", what: "click", atLeast: 3, atMost: 3 }, true],
  [{ kind: "days_since", what: "click", atMost: 2 }, false],
  [{ kind: "days_since", what: "joining", atMost: 0 }, true],
  [{ kind: "tier", of: "advocate", tiers: ["gold"] }, true],
  [{ kind: "tier", of: "friend", tiers: ["gold"] }, false],
  [{ kind: "time", days: [6] }, true],
  [{ kind: "time", days: [5] }, false],
  [{ kind: "time", days: [6], from: "01:00", to: "01:30" }, false],
  // Saturday at half past one belongs to Friday's night, not to Saturday's.
  [{ kind: "time", days: [5], from: "22:00", to: "02:00" }, true],
  [{ kind: "time", days: [6], from: "22:00", to: "02:00" }, false],
  [{ kind: "count", of: "confirmed_referrals", atLeast: 3 }, true],
  [{ kind: "count", of: "confirmed_referrals", atMost: 2 }, false],
])("%j is %s", (condition, expected) => expect(holds(condition)).toBe(expected));

it("holds nothing that is not known, and says so in words", () => {
  const leaves: Condition[] = [
    { kind: "order_total", atLeast: "0.01" },
    { kind: "product", skus: ["a"] },
    { kind: "category", categories: ["a"] },
    { kind: "currency", currencies: ["USD"] },
    { kind: "country", of: "owner", countries: ["DE"] },
    { kind: "channel", channels: ["a"] },
    { kind: "trait", of: "friend", trait: "a", is: ["b"] },
    { kind: "segment", of: "owner", segments: ["a"] },
    { kind: "days_since", what: "click", atMost: 9 },
    { kind: "tier", of: "owner", tiers: ["a"] },
    { kind: "time", days: [1, 2, 3, 4, 5, 6, 7] },
    { kind: "count", of: "own_purchases", atMost: 9 },
  ];
  for (const leaf of leaves) {
    const {
      holds,
      reasons: [reason],
    } = evaluate(leaf, factsOf({ currency: "USD" }));
    expect([holds, reason!.message.length > 10, /^[a-z_]+$/.test(reason!.code)]).toEqual([
      false,
      true,
      true,
    ]);
  }
});

describe("frozen facts", () => {
  it("thaw as they were", () => {
    expect(thawFacts(JSON.parse(JSON.stringify({ ...freezeFacts(known), reasons: [] })))).toEqual(
      known,
    );
    fc.assert(
      fc.property(
        fc.option(fc.bigInt(0n, 10n ** 15n), { nil: null }),
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
        (orderMinor, at) => {
          const facts = { ...known, orderMinor, at };
          expect(thawFacts(JSON.parse(JSON.stringify(freezeFacts(facts))))).toEqual(facts);
        },
      ),
    );
  });
  it("of before there were others read as not known", () => {
    expect(
      thawFacts({ currency: "USD", orderMinor: "100", isNewCustomer: true, reasons: [] }),
    ).toEqual(factsOf({ currency: "USD", orderMinor: 100n, isNewCustomer: true }));
  });
});
