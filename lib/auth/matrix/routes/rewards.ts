import type { Shop } from "../testing/shop";
import { reason, type RouteEntry } from "./entry";

const reward = (shop: Shop) => ({ id: shop.rewardId });

export const rewardsRoutes: Record<string, RouteEntry> = {
  "GET /api/v1/rewards": {
    key: "secret",
    query: ({ orderId }) => `?order=${orderId}`,
    elsewhere: "empty",
    own: 200,
  },
  "GET /api/v1/rewards/[id]": { key: "secret", params: reward, elsewhere: "not_found", own: 200 },
  "POST /api/v1/rewards/[id]/deliver": {
    key: "secret",
    params: reward,
    elsewhere: "not_found",
    own: 409,
  },
  "POST /api/v1/rewards/[id]/fulfil": {
    key: "secret",
    params: reward,
    elsewhere: "not_found",
    own: 409,
  },
  "POST /api/v1/rewards/[id]/void": {
    key: "secret",
    params: reward,
    body: reason,
    elsewhere: "not_found",
    own: 200,
  },
};
