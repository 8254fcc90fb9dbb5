import type { Shop } from "../testing/shop";
import type { ActionEntry, Fields } from "./entry";

const reward = (shop: Shop): Fields => ({ rewardId: shop.rewardId, reason: "Because of the test" });

export const rewardsActions: Record<string, ActionEntry> = {
  "admin/[merchant]/rewards/actions.ts voidOrReverse": {
    member: "reward.decide",
    fields: reward,
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/actions.ts release": {
    member: "reward.decide",
    fields: reward,
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/actions.ts markDelivered": {
    member: "reward.decide",
    fields: ({ rewardId }) => ({ "rewardIds[]": rewardId, note: "Taken over" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/actions.ts undoDelivered": {
    member: "reward.decide",
    fields: reward,
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/actions.ts undoDeliveredMany": {
    member: "reward.decide",
    fields: ({ rewardId }) => ({ "rewardIds[]": rewardId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/actions.ts saveNote": {
    member: "reward.decide",
    fields: ({ rewardId }) => ({ rewardId, note: "Taken over" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/payouts/actions.ts preparePayout": {
    member: "payout.manage",
    fields: () => ({}),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/rewards/payouts/actions.ts askForPayoutDetails": {
    member: "payout.manage",
    fields: () => ({}),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/rewards/payouts/actions.ts markPaid": {
    member: "payout.manage",
    fields: ({ payoutId }) => ({ batchId: payoutId, reference: "Taken over" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/payouts/actions.ts giveUp": {
    member: "payout.manage",
    fields: ({ payoutId }) => ({ batchId: payoutId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/pools/actions.ts makePool": {
    member: "program.edit",
    fields: () => ({ name: "Taken over", lowAt: "1" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/rewards/pools/actions.ts savePool": {
    member: "program.edit",
    fields: ({ poolId }) => ({ poolId, name: "Taken over too", lowAt: "1" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/pools/actions.ts upload": {
    member: "program.edit",
    fields: ({ poolId }) => ({ poolId, pasted: "TAKEN-OVER" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/pools/actions.ts takeOut": {
    member: "program.edit",
    fields: ({ poolId }) => ({ poolId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/pools/actions.ts removePool": {
    member: "program.edit",
    fields: ({ poolId }) => ({ poolId }),
    elsewhere: "not_found",
  },
};
