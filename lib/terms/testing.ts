import fc from "fast-check";
import { hasAmount } from "./kinds/benefits";
import { type Calculator, type Condition, type Rule, ruleSchema } from "./schema";

const amount = fc
  .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, "0")}`);
const words = fc.constantFrom("Tea", "cup-7", "L'Île", "绿茶", "a b");
const list = fc.uniqueArray(words, { minLength: 1, maxLength: 3 });
const of = fc.constantFrom("owner" as const, "advocate" as const, "friend" as const);
const counted = fc.constantFrom(
  "confirmed_referrals" as const,
  "friend_purchases" as const,
  "own_purchases" as const,
);
const basisPoints = fc.integer({ min: 1, max: 10_000 });
const nth = fc.integer({ min: 1, max: 1_000 });
const optional = <K extends string, T>(
  key: K,
  value: fc.Arbitrary<T>,
): fc.Arbitrary<{ [key in K]?: T }> =>
  fc.option(value).map((found) => (found === null ? {} : { [key]: found }) as { [key in K]?: T });
const range = fc
  .tuple(fc.option(fc.integer({ min: 0, max: 90 })), fc.option(fc.integer({ min: 90, max: 365 })))
  .map(([least, most]) => ({
    ...(least !== null && { atLeast: least }),
    ...(most !== null || least === null ? { atMost: most ?? 9 } : {}),
  }));

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  amount.map((atLeast) => ({ kind: "order_total" as const, atLeast })),
  fc.constant({ kind: "new_customer" as const }),
  list.map((skus) => ({ kind: "product" as const, skus })),
  list.map((categories) => ({ kind: "category" as const, categories })),
  fc.constant({ kind: "currency" as const, currencies: ["USD", "EUR"] }),
  of.map((of) => ({ kind: "country" as const, of, countries: ["AL", "CN"] })),
  list.map((channels) => ({ kind: "channel" as const, channels })),
  fc.record({ kind: fc.constant("trait" as const), of, trait: words, is: list }),
  fc.record({ kind: fc.constant("segment" as const), of, segments: list }),
  fc.record({ kind: fc.constant("tier" as const), of, tiers: list }),
  fc
    .tuple(fc.constantFrom("click" as const, "joining" as const), range)
    .map(([what, bounds]) => ({ kind: "days_since" as const, what, ...bounds })),
  fc.tuple(counted, range).map(([of, bounds]) => ({ kind: "count" as const, of, ...bounds })),
  fc.constantFrom<Condition>(
    { kind: "time", days: [6, 7] },
    { kind: "time", days: [1], from: "22:00", to: "02:30" },
  ),
) as fc.Arbitrary<Condition>;
const group = (parts: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.array(parts, { maxLength: 3 }).map((all) => ({ all })),
    fc.array(parts, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    fc.array(parts, { maxLength: 2 }).map((none) => ({ none })),
  );
const conditions = group(fc.oneof(leaf, group(fc.oneof(leaf, group(leaf)))));

const codes = optional(
  "codes",
  fc.constantFrom(
    { kind: "pattern" as const, pattern: "TEA-######" },
    { kind: "pool" as const, poolId: "cpl_1" },
  ),
);
const unitCost = fc.oneof(
  fc.constant("0"),
  amount.filter((text) => text !== "0"),
);
const benefit: fc.Arbitrary<Rule["benefit"]> = fc.oneof(
  fc.tuple(basisPoints, unitCost, codes).map(([percentBp, unitCost, codes]) => ({
    kind: "percent_off" as const,
    percentBp,
    unitCost,
    ...codes,
  })),
  codes.map((codes) => ({ kind: "amount_off" as const, ...codes })),
  fc
    .tuple(unitCost, codes)
    .map(([unitCost, codes]) => ({ kind: "free_shipping" as const, unitCost, ...codes })),
  fc.constantFrom(
    { kind: "credit" as const },
    { kind: "cash" as const },
    { kind: "points" as const },
  ),
  fc.record({ kind: fc.constant("gift" as const), title: words, unitCost }),
  fc.record({
    kind: fc.constant("event_access" as const),
    title: words,
    at: fc.constantFrom(null, "2027-03-20T19:00:00+02:00"),
    unitCost,
  }),
  words.map((to) => ({ kind: "donation" as const, to })),
);
const lines = optional(
  "lines",
  fc.oneof(
    list.map((skus) => ({ skus })),
    list.map((categories) => ({ categories })),
    fc.record({ skus: list, categories: list }),
  ),
);
const steps = fc
  .uniqueArray(nth, { minLength: 1, maxLength: 4 })
  .map((from) => from.sort((one, other) => one - other));
const calculator: fc.Arbitrary<Rule["calculator"]> = fc.oneof(
  amount.map((amount) => ({ kind: "fixed" as const, amount })),
  fc
    .tuple(
      basisPoints,
      lines,
      optional("atLeast", amount),
      fc.option(amount),
      optional("pointsPer", fc.constantFrom("1", "10")),
    )
    .map(([shareBp, lines, atLeast, atMost, pointsPer]) => ({
      kind: "share_of_order" as const,
      shareBp,
      ...pointsPer,
      ...lines,
      ...atLeast,
      atMost,
    })),
  fc.tuple(amount, lines, fc.option(amount)).map(([amount, lines, atMost]) => ({
    kind: "per_unit" as const,
    amount,
    per: "1",
    ...lines,
    atMost,
  })),
  fc.tuple(counted, steps).map(([of, steps]) => ({
    kind: "tiered_by_count" as const,
    of,
    steps: steps.map((from) => ({ from, amount: "5" })),
  })),
  steps.map((steps) => ({
    kind: "tiered_by_amount" as const,
    steps: steps.map((from) => ({ from: String(from), amount: "5.5" })),
  })),
);
const worth = fc.tuple(benefit, calculator).map(([benefit, calculator]) => ({
  benefit,
  calculator: hasAmount(benefit) ? calculator : { kind: "none" as const },
}));
const trigger: fc.Arbitrary<Rule["on"]> = fc.oneof(
  fc
    .constantFrom(
      "join" as const,
      "first_purchase" as const,
      "qualified" as const,
      "second_level" as const,
      "own_join" as const,
      "own_purchase" as const,
      "share_visit" as const,
    )
    .map((kind) => ({ kind })),
  fc.record({
    kind: fc.constantFrom("goal" as const, "own_event" as const),
    type: fc.constant("trial_started"),
  }),
  fc.record({ kind: fc.constantFrom("nth_purchase" as const, "renewal" as const), n: nth }),
  fc.record({
    kind: fc.constant("each_purchase" as const),
    from: fc.integer({ min: 1, max: 9 }),
    to: fc.option(fc.integer({ min: 9, max: 20 })),
  }),
  fc.record({ kind: fc.constant("milestone" as const), count: nth, repeats: fc.boolean() }),
);
const cap = fc
  .tuple(
    fc.constantFrom("person" as const, "program" as const),
    fc.constantFrom("day" as const, "ever" as const),
    nth,
    optional("cost", amount),
  )
  .map(([who, per, rewards, cost]) => ({ who, per, rewards, ...cost }));
/** Any rule that the schema takes. */
export const anyRule = fc
  .tuple(
    fc.record({
      id: fc.constant("r-1"),
      side: fc.constantFrom("advocate" as const, "friend" as const),
      on: trigger,
      conditions,
      holdDays: fc.integer({ min: 0, max: 365 }),
    }),
    worth,
    optional("name", words),
    optional("caps", fc.array(cap, { minLength: 1, maxLength: 3 })),
    optional("fallback", worth),
    optional(
      "expiry",
      fc.record({
        unissuedDays: fc.option(nth),
        issuedDays: nth,
        remindDays: fc.option(fc.integer({ min: 1, max: 365 })),
      }),
    ),
    optional("arm", fc.constant("a")),
    optional("off", fc.constant(true as const)),
  )
  .map((parts) => Object.assign({}, ...parts) as Rule)
  .filter((rule) => ruleSchema.safeParse(rule).success);

const wholeNumber = (most: number) => fc.integer({ min: 1, max: most }).map(String);
const mostOrNone = fc.option(wholeNumber(1_000), { nil: null });
const someLines = fc.constantFrom<{ skus: string[] } | undefined>(undefined, { skus: ["tea"] });
const risingSteps = fc
  .uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 4 })
  .map((froms) =>
    froms
      .toSorted((left, right) => left - right)
      .map((from, index) => ({ from: String(from), amount: String(5 * (index + 1)) })),
  );
/** Any calculator that looks at the order, with steps that rise. */
export const orderCalculators: fc.Arbitrary<Calculator> = fc.oneof(
  fc.record({
    kind: fc.constant("share_of_order" as const),
    shareBp: fc.integer({ min: 1, max: 10_000 }),
    lines: someLines,
    atLeast: fc.option(wholeNumber(20), { nil: undefined }),
    atMost: mostOrNone,
  }),
  fc.record({ kind: fc.constant("tiered_by_amount" as const), steps: risingSteps }),
  fc.record({
    kind: fc.constant("per_unit" as const),
    amount: wholeNumber(50),
    per: wholeNumber(50),
    lines: someLines,
    atMost: mostOrNone,
  }),
);
