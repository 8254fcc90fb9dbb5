/**
 * The events whose processing is measured, and what must stand in the database once they are
 * processed: known beforehand, and by no code of the product.
 */
export type Stage = {
  name: string;
  /** The events of people number `from` to `from + count - 1`. */
  events: (codes: readonly string[], from: number, count: number) => object[];
  /** What `COUNTS` finds once so many people have come this far. */
  expected: (people: number) => Counts;
};

/** A shop on an empty database, and the stages that the same people go through in it. */
export type Part = { shop: Shop; stages: readonly Stage[] };

export type Shop = {
  advocates: number;
  /** Null for a shop without a program; the program has a budget, as many have. */
  holdDays: number | null;
};

const PRICE_CENTS = 4_990;
const CREDIT_CENTS = 1_000;

function person(number: number): object {
  return {
    id: `friend-${number}`,
    email: `friend-${number}@example.com`,
    name: "Ada Example",
  };
}

function purchase(number: number): object {
  return {
    id: `purchase-${number}`,
    type: "purchase",
    customer: person(number),
    order: {
      id: `order-${number}`,
      total: "49.90",
      currency: "USD",
      items: [
        { sku: "tea-green", name: "Green tea", quantity: 2, price: "10.00", category: "tea" },
        { sku: "cup-blue", name: "Blue cup", quantity: 1, price: "29.90", category: "cups" },
      ],
    },
    context: { channel: "email", url: "https://shop.example.com/thanks", locale: "en" },
  };
}

function signUp(number: number, code: string): object {
  return {
    id: `sign-up-${number}`,
    type: "signup",
    customer: person(number),
    code,
    context: { url: "https://shop.example.com/welcome", locale: "en" },
  };
}

const numbers = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index);
const purchases: Stage["events"] = (_, from, count) => numbers(from, count).map(purchase);
const signUps: Stage["events"] = (codes, from, count) =>
  numbers(from, count).map((number) => signUp(number, codes[number % codes.length]!));

export type Counts = {
  waiting: number;
  outcomes: number;
  customers: number;
  orders: number;
  lines: number;
  revenueCents: number;
  referrals: Record<string, number>;
  rewards: Record<string, number>;
  rewardCents: number;
  creditCents: Record<string, number>;
};

export const COUNTS = `
  SELECT json_build_object(
    'waiting', (SELECT count(*) FROM event_inbox),
    'outcomes', (SELECT count(*) FROM event_outcome),
    'customers', (SELECT count(*) FROM customer),
    'orders', (SELECT count(*) FROM shop_order),
    'lines', (SELECT count(*) FROM order_line),
    'revenueCents', (SELECT COALESCE(sum(revenue_minor), 0) FROM customer),
    'referrals', (SELECT COALESCE(json_object_agg(state, n), '{}') FROM
      (SELECT state, count(*) AS n FROM referral GROUP BY 1) t),
    'rewards', (SELECT COALESCE(json_object_agg(state, n), '{}') FROM
      (SELECT state, count(*) AS n FROM reward GROUP BY 1) t),
    'rewardCents', (SELECT COALESCE(sum(amount_minor), 0) FROM reward),
    'creditCents', (SELECT COALESCE(json_object_agg(kind, n), '{}') FROM
      (SELECT kind, sum(balance_minor) AS n FROM ledger_account
        WHERE kind IN ('pending', 'available') GROUP BY 1 HAVING sum(balance_minor) <> 0) t)
  ) AS counts`;

const nothing: Counts = {
  waiting: 0,
  outcomes: 0,
  customers: 0,
  orders: 0,
  lines: 0,
  revenueCents: 0,
  referrals: {},
  rewards: {},
  rewardCents: 0,
  creditCents: {},
};

const bought = (people: number): Counts => ({
  ...nothing,
  outcomes: people,
  customers: people,
  orders: people,
  lines: 2 * people,
  revenueCents: PRICE_CENTS * people,
});

/** People sign up with the code of an advocate, and buy. */
function friends(name: string, { advocates, holdDays }: { advocates: number; holdDays: number }) {
  const isHeld = holdDays > 0;
  const stages: Stage[] = [
    {
      name: "sign-ups with a code",
      events: signUps,
      expected: (people) => ({
        ...nothing,
        outcomes: people,
        customers: advocates + people,
        referrals: { joined: people },
      }),
    },
    {
      name,
      events: purchases,
      expected: (people) => ({
        ...bought(people),
        outcomes: 2 * people,
        customers: advocates + people,
        referrals: { [isHeld ? "qualified" : "rewarded"]: people },
        rewards: { [isHeld ? "held" : "issued"]: people },
        rewardCents: CREDIT_CENTS * people,
        creditCents: { [isHeld ? "pending" : "available"]: CREDIT_CENTS * people },
      }),
    },
  ];
  return { shop: { advocates, holdDays }, stages };
}

export const PARTS: readonly Part[] = [
  {
    shop: { advocates: 0, holdDays: null },
    stages: [{ name: "purchases of strangers", events: purchases, expected: bought }],
  },
  friends("purchases of friends", { advocates: 100, holdDays: 0 }),
  friends("the same, held 14 days", { advocates: 100, holdDays: 14 }),
  // Whatever the friends of a program and of an advocate share, they share at once.
  friends("friends of one advocate", { advocates: 1, holdDays: 0 }),
];
