export { cancelRedemption } from "./cancel-redemption";
export { moveItem, saveItem, setItemState } from "./edit-items";
export { redeemItem } from "./redeem-item";
