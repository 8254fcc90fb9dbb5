import type { Shop } from "../testing/shop";
import { reason, type RouteEntry } from "./entry";

const reviewed = (shop: Shop) => ({ id: shop.reviewedReferralId });

export const referralsRoutes: Record<string, RouteEntry> = {
  "GET /api/v1/referrals": {
    key: "secret",
    query: ({ customer }) => `?customer=${customer.id}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/referrals": {
    key: "secret",
    elsewhere: "not_found",
    own: 200,
    body: ({ program, customer, friendId }) => ({
      program: program.id,
      code: customer.code,
      friend: { id: friendId },
    }),
  },
  "GET /api/v1/referrals/[id]": {
    key: "secret",
    params: reviewed,
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/referrals/[id]/approve": {
    key: "secret",
    params: reviewed,
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/referrals/[id]/reject": {
    key: "secret",
    params: reviewed,
    body: reason,
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/referrals/[id]/undo": {
    key: "secret",
    params: reviewed,
    elsewhere: "not_found",
    own: 200,
  },
};
