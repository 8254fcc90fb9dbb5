/**
 * A program's terms as data: what the form, the API and the published version hold, and what the
 * rules read. Amounts are decimal strings in the program's currency; percentages are basis points;
 * times are ISO 8601 with a zone. A field that a later version of this product added is optional:
 * terms published before stand as they are.
 */
export type { Benefit, BenefitKind } from "../kinds/benefits";
export type { Calculator } from "../kinds/calculators";
export type { Leaf } from "../kinds/conditions";
export { type Codes, codesSchema } from "../kinds/coupon-codes";
export { linesSchema } from "../kinds/order-lines";
export type { RuleTrigger, Trigger } from "../kinds/triggers";
export * from "./conditions";
export * from "./experiments";
export * from "./fraud";
export * from "./rules";
export * from "./sides";
export * from "./terms";
export * from "./triggers";
export * from "./worth";
