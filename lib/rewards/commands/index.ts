export { completeReferral } from "./complete-referral";
export { countConfirmed } from "./counts";
export { reinstateReward, reinstateRewards, takeBackReward, voidReward } from "./decide";
export { expireReward } from "./expire";
export { expireBalanceLot } from "./expire-lot";
export { type GiveInput, giveReward } from "./give";
export { type GrantInput, type GrantResult, grantReward } from "./grant";
export { fulfilReward, fulfilRewards, noteOnReward, undoFulfil } from "./hand-over";
export { issueWaiting } from "./issue";
export { remindOfReward } from "./remind";
export { releaseReward } from "./release";
export { reverseForOrder, reverseForReferral } from "./reverse";
export {
  COUPON_REFUSALS,
  type CouponRefusal,
  type CouponUse,
  findCoupon,
  useCoupon,
} from "./use-coupon";
