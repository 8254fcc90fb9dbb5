import type { z } from "zod";
import type { ConditionKind } from "../condition";
import { category } from "./category";
import { channel } from "./channel";
import { count } from "./count";
import { country } from "./country";
import { currency } from "./currency";
import { daysSince } from "./days-since";
import { newCustomer } from "./new-customer";
import { orderTotal } from "./order-total";
import { product } from "./product";
import { segment } from "./segment";
import { tier } from "./tier";
import { time } from "./time";
import { trait } from "./trait";

/** Every kind of condition, in the order in which the editor offers them. */
export const CONDITIONS = {
  order_total: orderTotal,
  product,
  category,
  currency,
  new_customer: newCustomer,
  country,
  channel,
  segment,
  trait,
  tier,
  days_since: daysSince,
  time,
  count,
} satisfies { [Kind in string]: ConditionKind<{ kind: Kind }> };

export type LeafKind = keyof typeof CONDITIONS;
/** One thing that a fact can be asked for. */
export type Leaf = z.infer<(typeof CONDITIONS)[LeafKind]["schema"]>;

/** Kinds that say nothing about a person. */
export const KINDS_ABOUT_ORDERS = (Object.keys(CONDITIONS) as LeafKind[]).filter(
  (kind) => conditionKind(kind).isAboutOrder,
);

/** What is known of the kind of a condition. */
export function conditionKind(kind: LeafKind): ConditionKind<Leaf> {
  return CONDITIONS[kind];
}
