import type { RouteEntry } from "./entry";

export const customersRoutes: Record<string, RouteEntry> = {
  "GET /api/v1/customers": {
    key: "secret",
    query: ({ customer }) => `?search=${customer.externalId}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/customers": {
    key: "secret",
    body: ({ draft, customer }) => ({ id: customer.externalId, program: draft.id }),
    elsewhere: "not_found",
    own: 409,
  },
  "GET /api/v1/customers/[id]": {
    key: "secret",
    params: ({ customer }) => ({ id: customer.id }),
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/customers/[id]/duplicates": {
    key: "secret",
    params: ({ customer }) => ({ id: customer.id }),
    elsewhere: "not_found",
    own: 200,
  },
  // With itself, which is refused: everybody is still needed.
  "POST /api/v1/customers/[id]/merge": {
    key: "secret",
    params: ({ customer }) => ({ id: customer.id }),
    body: ({ customer }) => ({ into: customer.id }),
    elsewhere: "not_found",
    own: 409,
  },
  "POST /api/v1/merges/[id]/undo": {
    key: "secret",
    params: ({ customer }) => ({ id: customer.id }),
    elsewhere: "not_found",
    own: 404,
  },
  "POST /api/v1/customers/[id]/adjustments": {
    key: "secret",
    params: ({ customer }) => ({ id: customer.id }),
    elsewhere: "not_found",
    own: 200,
    body: () => ({ amount: "5.00", currency: "USD", reason: "Because of the test", key: "matrix" }),
  },
};
