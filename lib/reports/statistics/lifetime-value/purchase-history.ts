/**
 * What the model needs of a customer, all in one unit of time (days or weeks): `frequency` = days
 * with a purchase after the first (whole number), `recency` = from the first to the last purchase,
 * `age` = from the first purchase to the end of observation. `customers` > 1 stands for equal rows.
 */
export type PurchaseHistory = {
  frequency: number;
  recency: number;
  age: number;
  customers?: number;
};

/** Customers with the same history in one row, sorted by how often they bought. */
export type Rows = {
  frequency: number[];
  recency: Float64Array;
  age: Float64Array;
  weight: Float64Array;
};

/** @throws RangeError for a history that cannot be */
export function grouped(histories: readonly PurchaseHistory[]): Rows {
  const groups = new Map<string, PurchaseHistory & { customers: number }>();
  for (const history of histories) {
    requireHistory(history);
    const { frequency, recency, age, customers = 1 } = history;
    const key = `${frequency}|${recency}|${age}`;
    const group = groups.get(key);
    if (group) group.customers += customers;
    else groups.set(key, { frequency, recency, age, customers });
  }
  const sorted = [...groups.values()].sort(
    (p, q) => p.frequency - q.frequency || p.age - q.age || p.recency - q.recency,
  );
  return {
    frequency: sorted.map((g) => g.frequency),
    recency: Float64Array.from(sorted, (g) => g.recency),
    age: Float64Array.from(sorted, (g) => g.age),
    weight: Float64Array.from(sorted, (g) => g.customers),
  };
}

/** The same in another unit of time. */
export function scaled(rows: Rows, unit: number): Rows {
  return {
    ...rows,
    recency: rows.recency.map((v) => v / unit),
    age: rows.age.map((v) => v / unit),
  };
}

/** Every nth row. */
export function every(rows: Rows, stride: number): Rows {
  const keep = (_: number, i: number) => i % stride === 0;
  return {
    frequency: rows.frequency.filter(keep),
    recency: rows.recency.filter(keep),
    age: rows.age.filter(keep),
    weight: rows.weight.filter(keep),
  };
}

/** @throws RangeError for a history that cannot be */
export function requireHistory({ frequency, recency, age, customers = 1 }: PurchaseHistory): void {
  const ordered = recency >= 0 && recency <= age && Number.isFinite(age);
  const counted =
    Number.isInteger(frequency) && frequency >= 0 && Number.isFinite(customers) && customers > 0;
  if (!ordered || !counted || (frequency === 0 && recency !== 0)) {
    throw new RangeError(
      `not a purchase history: ${JSON.stringify({ frequency, recency, age, customers })}`,
    );
  }
}
