export { completeReferrals, markRewarded } from "./complete-referral";
export { countedRows, countQualified } from "./grant/counters";
export { reinstateRewards } from "./reinstate-rewards";
export { expireReward } from "./expire/expire-reward";
export { expireBalanceLot } from "./expire/expire-lot";
export { type OutrightGrant, grantOutright } from "./grant/grant-outright";
export { type GrantOptions, type GrantResult, grantRewards } from "./grant/grant-rewards";
export { deliverReward, deliverRewards, noteOnReward, undoDelivery } from "./deliver-rewards";
export { lockRewards } from "./lock-reward";
export { issueWaiting } from "./release/issue-coupon";
export { remindOfReward } from "./expire/remind-of-expiry";
export { endHold, releaseEarly } from "./release/release-early";
export { releaseReward } from "./release/release-reward";
export { lockForReversal, reverseForReferral, reverseReward } from "./reverse/reverse-rewards";
export { reviseReward } from "./revise/revise-reward";
export { transferBetween } from "./transfer-between";
export { settleCouponCost } from "./coupon-cost";
export {
  type Coupon,
  COUPON_REFUSALS,
  findCoupon,
  markCouponUsed,
  moveCouponUse,
  returnCoupon,
} from "./use-coupon";
export { voidReward } from "./void-reward";
