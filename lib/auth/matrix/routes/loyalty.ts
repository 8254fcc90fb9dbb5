import { reason, type RouteEntry } from "./entry";

const item = () => ({
  name: { en: "Taken over" },
  points: 1,
  benefit: { kind: "gift", title: "A cup", unitCost: "0" },
});
const looks = { icon: "star", color: "#b45309" };
const badge = () => ({
  name: { en: "Taken over" },
  about: { en: "By the test" },
  ...looks,
  rule: { kind: "friends", count: 1 },
});

export const loyaltyRoutes: Record<string, RouteEntry> = {
  "GET /api/v1/catalogue": {
    key: "secret",
    query: ({ slug }) => `?search=${slug}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/catalogue": { key: "secret", body: item, elsewhere: "nothing_named", own: 201 },
  "PUT /api/v1/catalogue/[id]": {
    key: "secret",
    params: ({ itemId }) => ({ id: itemId }),
    body: item,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/redemptions": {
    key: "secret",
    query: ({ customer }) => `?customer=${customer.id}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/redemptions": {
    key: "secret",
    body: ({ itemId, customer, program }) => ({
      item: itemId,
      customer: customer.id,
      program: program.id,
      requestKey: "matrix",
    }),
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/redemptions/[id]/cancel": {
    key: "secret",
    params: ({ redemptionId }) => ({ id: redemptionId }),
    body: reason,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/tiers": { key: "secret", elsewhere: "nothing_named", own: 200 },
  "PUT /api/v1/tiers": {
    key: "secret",
    body: ({ tierId }) => ({
      metric: "referrals",
      window: "rolling",
      tiers: [{ id: tierId, ...looks, name: "Taken over", threshold: "1" }],
    }),
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/badges": { key: "secret", elsewhere: "nothing_named", own: 200 },
  "POST /api/v1/badges": { key: "secret", body: badge, elsewhere: "nothing_named", own: 201 },
  "PUT /api/v1/badges/[id]": {
    key: "secret",
    params: ({ badgeId }) => ({ id: badgeId }),
    body: badge,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/leaderboard": {
    key: "secret",
    query: ({ draft }) => `?program=${draft.slug}`,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/leaderboards": {
    key: "secret",
    query: ({ draft }) => `?program=${draft.slug}`,
    elsewhere: "not_found",
    own: 200,
  },
};
