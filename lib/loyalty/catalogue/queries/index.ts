export { itemChoices, itemNames } from "./item-choices";
export { type ItemFilter, itemById, itemFilterSchema, listItems } from "./items";
export { catalogueFor, type Item, type OfferedItem } from "./offers";
export {
  listRedemptions,
  pointsTaken,
  redemptionById,
  type RedemptionFilter,
  redemptionFilterSchema,
  type RedemptionRow,
  redemptionsOfCustomer,
} from "./redemptions";
