import { sharedDataText } from "./shared-data";

/** A purchase of the CDNOW sample: who, when, for how much. */
export type CdPurchase = {
  orderId: string;
  customer: number;
  occurredAt: string;
  minor: bigint;
  total: string;
};

/**
 * The 6,919 purchases of CDNOW_sample.txt in their order. The file knows only days: a customer's
 * purchases of one day are a minute apart from noon on, in the order of the file.
 */
export function cdPurchases(): CdPurchase[] {
  let [lastKey, minute] = ["", 0];
  return sharedDataText("cdnow/CDNOW_sample.txt")
    .trim()
    .split(/\r?\n/)
    .map((line, row) => {
      const [, customer = "", date = "", , total = ""] = line.trim().split(/\s+/);
      const key = `${customer} ${date}`;
      minute = key === lastKey ? minute + 1 : 0;
      lastKey = key;
      const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
      return {
        orderId: `cdnow-${row + 1}`,
        customer: Number(customer),
        total,
        minor: BigInt(total.replace(".", "")),
        occurredAt: `${day}T12:${String(minute).padStart(2, "0")}:00.000Z`,
      };
    });
}

/**
 * The invitation tree that is laid over the customers: customer n was invited by customer ⌊n/3⌋
 * when n is even and 4 or more. Null for everyone else. The friend's first purchase carries the
 * advocate's code.
 */
export function inviterOf(customer: number): number | null {
  return customer % 2 === 0 && customer >= 4 ? Math.floor(customer / 3) : null;
}

/** Everyone who invites somebody among these purchases. */
export function invitersIn(purchases: readonly CdPurchase[]): number[] {
  const inviters = new Set<number>();
  for (const { customer } of purchases) {
    const inviter = inviterOf(customer);
    if (inviter !== null) inviters.add(inviter);
  }
  return [...inviters].sort((left, right) => left - right);
}

/** A purchase as it is sent; the first of a friend with the code of who invited them. */
export function purchaseEvents(
  purchases: readonly CdPurchase[],
  codeOf: ReadonlyMap<number, string>,
) {
  const known = new Set<number>();
  return purchases.map(({ orderId, customer, occurredAt, total }) => {
    const inviter = known.has(customer) ? null : inviterOf(customer);
    known.add(customer);
    return {
      type: "purchase",
      occurredAt,
      customer: { id: String(customer) },
      order: { id: orderId, total, currency: "USD" },
      ...(inviter !== null && { code: codeOf.get(inviter) }),
    };
  });
}

const WINDOW_DAYS = 90;

/**
 * What the program promises: the advocate 10 % of the friend's first purchase, at most 5.00; the
 * friend 5.00 off.
 */
export const CD_TERMS = {
  currency: "USD",
  rules: [
    {
      id: "advocate",
      side: "advocate",
      on: { kind: "qualified" },
      conditions: { all: [] },
      benefit: { kind: "credit" },
      calculator: { kind: "share_of_order", shareBp: 1_000, atMost: "5.00" },
      holdDays: 14,
    },
    {
      id: "friend",
      side: "friend",
      on: { kind: "qualified" },
      conditions: { all: [] },
      benefit: { kind: "amount_off" },
      calculator: { kind: "fixed", amount: "5.00" },
      holdDays: 0,
    },
  ],
  qualification: { trigger: { kind: "first_purchase" }, conditions: { all: [] } },
  newCustomersOnly: true,
  windowDays: WINDOW_DAYS,
  advocateCap: null,
  budget: { cost: null, rewards: null },
  startsAt: "1997-01-01T00:00:00Z",
  endsAt: null,
  destination: { kind: "invite" },
  termsText: { en: "", sq: "", zh: "" },
};

export type CdReward = {
  side: "advocate" | "friend";
  customer: string;
  orderId: string;
  minor: bigint;
};

/**
 * The rewards that the rule implies, from the file alone: a friend's first purchase that was paid
 * for, within 90 days of the first one of all (which may have been free, and began the referral),
 * earns both.
 */
export function impliedRewards(purchases: readonly CdPurchase[]): CdReward[] {
  const byCustomer = new Map<number, CdPurchase[]>();
  for (const purchase of purchases) {
    const list = byCustomer.get(purchase.customer);
    if (list) list.push(purchase);
    else byCustomer.set(purchase.customer, [purchase]);
  }
  return [...byCustomer].flatMap(([customer, list]): CdReward[] => {
    const inviter = inviterOf(customer);
    const until = Date.parse(list[0]!.occurredAt) + WINDOW_DAYS * 86_400_000;
    const paid = list.find(
      ({ minor, occurredAt }) => minor > 0n && Date.parse(occurredAt) <= until,
    );
    if (inviter === null || !paid) return [];
    const share = paid.minor / 10n;
    const advocate = share < 500n ? share : 500n;
    return [
      { side: "advocate", customer: String(inviter), orderId: paid.orderId, minor: advocate },
      { side: "friend", customer: String(customer), orderId: paid.orderId, minor: 500n },
    ].filter((reward): reward is CdReward => reward.minor > 0n);
  });
}
