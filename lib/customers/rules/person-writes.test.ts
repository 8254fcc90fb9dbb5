import { describe, expect, it } from "vitest";
import { decidePerson } from "./decide-person";
import { withOrders } from "./person-writes";
import { readSaid } from "./asked";

const at = new Date("2026-05-01T10:00:00Z");
const totals = { orders: 2, revenueMinor: 700n, firstOrderAt: at, lastOrderAt: at };
const nobody = { byExternalId: null, byEmail: null, sharers: [] };

const decide = (found: Parameters<typeof decidePerson>[1]) =>
  decidePerson(readSaid({ externalId: "ana", seenAt: at }), found, at);

describe("withOrders", () => {
  it("writes a new person with the totals of their orders", () => {
    const { writes, customer } = decide(nobody);
    expect(withOrders(writes, { customerId: customer.id, ...totals })).toMatchObject({
      insert: { id: customer.id, orderCount: 2, revenueMinor: 700n, firstOrderAt: at },
      change: null,
    });
  });

  it("adds the totals to somebody known, with whatever else changes of them", () => {
    const known = {
      ...decide(nobody).customer,
      place: 0,
      how: ["id" as const],
      keys: [],
      seenInAt: null,
      isTheirBrowser: false,
      sharedBrowsers: [],
    };
    const { writes, customer } = decide({ ...nobody, byExternalId: known });
    expect(writes.change).toBeNull();
    expect(withOrders(writes, { customerId: customer.id, ...totals })).toMatchObject({
      insert: null,
      change: { id: known.id, name: null, ordersAdded: 2, revenueAddedMinor: 700n },
    });
  });
});
