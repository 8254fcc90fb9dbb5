import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { world } from "@/lib/reports/testing/world";
import { CUSTOMER_SORTS, type CustomerSort } from "../schema";
import { type CustomerRow, listCustomers } from "./list-customers";

afterAll(closeConnections);

/** All pages of a list, each of so many rows. */
async function allPages(
  scope: Parameters<typeof listCustomers>[0],
  sort: CustomerSort,
  limit: number,
): Promise<CustomerRow[]> {
  const rows: CustomerRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await listCustomers(scope, { sort, limit, ...(cursor && { cursor }) });
    rows.push(...page.rows);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return rows;
}

it("lists everybody once in each order, whatever the size of a page", async () => {
  const shop = await world();
  const people = ["ana", "ben", "cai", "dov", "eli", "fay", "gus"];
  await shop.customers(...people);
  // Several with the same number of orders and the same revenue: the id decides between them.
  for (const [index, name] of people.entries())
    for (let order = 0; order < index % 3; order += 1)
      await shop.order(name, `${name}-${order}`, "2026-05-02T12:00:00Z", 1_000 * (index % 2) + 500);
  const value = { newest: "createdAt", revenue: "revenueMinor", orders: "orderCount" } as const;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...CUSTOMER_SORTS),
      fc.integer({ min: 1, max: 8 }),
      async (sort, limit) => {
        const rows = await allPages(shop.scope, sort, limit);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(people.length);
        expect(rows).toHaveLength(people.length);
        for (const [index, row] of rows.entries()) {
          const before = rows[index - 1];
          if (before)
            expect(Number(before[value[sort]])).toBeGreaterThanOrEqual(Number(row[value[sort]]));
        }
      },
    ),
    { numRuns: 24 },
  );
});

it("refuses a cursor of another order", async () => {
  const shop = await world();
  await shop.customers("ana", "ben");
  const page = await listCustomers(shop.scope, { sort: "newest", limit: 1 });
  for (const sort of ["revenue", "orders"] as const)
    await expect(
      listCustomers(shop.scope, { sort, limit: 1, cursor: page.nextCursor! }),
    ).rejects.toMatchObject({ code: "invalid_request", path: "cursor" });
});

it("keeps to the days of the shop", async () => {
  const shop = await world({ timeZone: "America/New_York" });
  await shop.customers("ana");
  const [row] = (await listCustomers(shop.scope, { limit: 5 })).rows;
  const day = new Intl.DateTimeFormat("sv", { timeZone: "America/New_York" }).format(
    row!.createdAt,
  );
  const count = async (filter: { from?: string; to?: string }) =>
    (await listCustomers(shop.scope, { limit: 5, ...filter })).rows.length;
  expect(await count({ from: day, to: day })).toBe(1);
  expect(await count({ from: "2100-01-01" })).toBe(0);
  expect(await count({ to: "1960-12-31" })).toBe(0);
});
