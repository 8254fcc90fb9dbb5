export { completeReferral } from "./complete-referral";
export { countConfirmed } from "./counts";
export { fulfilReward, reinstateRewards, voidReward } from "./decide";
export { type GiveInput, giveReward } from "./give";
export { type GrantInput, type GrantResult, grantReward } from "./grant";
export { releaseReward } from "./release";
export { reverseForOrder, reverseForReferral } from "./reverse";
export { findCoupon, useCoupon } from "./use-coupon";
