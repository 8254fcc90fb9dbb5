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
  "POST /api/v1/customers/[id]/adjustments": {
    key: "secret",
    params: ({ customer }) => ({ id: customer.id }),
    elsewhere: "not_found",
    own: 200,
    body: () => ({ amount: "5.00", currency: "USD", reason: "Because of the test", key: "matrix" }),
  },
};
