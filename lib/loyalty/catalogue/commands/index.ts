export { cancelRedemption } from "./cancel";
export { moveItem, saveItem, setItemState } from "./items";
export { redeemItem, type Redeemed, type RedeemInput } from "./redeem";
