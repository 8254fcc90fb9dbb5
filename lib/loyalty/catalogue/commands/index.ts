export { cancelRedemption } from "./cancel-redemption";
export { moveItem, saveItem, setItemState } from "./edit-items";
export { redeemItem, type Redeemed, type RedeemInput } from "./redeem-item";
