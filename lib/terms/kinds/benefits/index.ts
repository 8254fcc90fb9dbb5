import type { z } from "zod";
import type { BenefitKind as KindOfBenefit, Delivery } from "../benefit";
import { amountOff } from "./amount-off";
import { cash } from "./cash";
import { credit } from "./credit";
import { donation } from "./donation";
import { eventAccess } from "./event-access";
import { freeShipping } from "./free-shipping";
import { gift } from "./gift";
import { percentOff } from "./percent-off";
import { points } from "./points";

/** Everything that can be given, in the order in which the editor offers it. */
export const BENEFITS = {
  credit,
  points,
  amount_off: amountOff,
  percent_off: percentOff,
  free_shipping: freeShipping,
  cash,
  gift,
  event_access: eventAccess,
  donation,
} satisfies { [Kind in string]: KindOfBenefit<{ kind: Kind }> };

export type BenefitKind = keyof typeof BENEFITS;
/** Worth given. `unitCost` is what one costs the merchant. */
export type Benefit = z.infer<(typeof BENEFITS)[BenefitKind]["schema"]>;

/** What is known of the kind of a benefit. */
export function benefitKind(kind: BenefitKind): KindOfBenefit<Benefit> {
  return BENEFITS[kind];
}

/** Whether a benefit is an amount of money or points, and so needs a calculator. */
export function hasAmount({ kind }: Pick<Benefit, "kind">): boolean {
  return benefitKind(kind).hasAmount;
}

export function isInPoints({ kind }: Pick<Benefit, "kind">): boolean {
  const found = benefitKind(kind);
  return found.hasAmount && found.inPoints === true;
}

/** What one costs the shop, as an amount of the program's currency; "0" for an amount. */
export function unitCostOf(benefit: Benefit): string {
  const kind = benefitKind(benefit.kind);
  return kind.hasAmount ? "0" : kind.unitCost(benefit);
}

/** How a benefit comes to its owner. */
export function deliveryOf({ kind }: Pick<Benefit, "kind">): Delivery {
  return benefitKind(kind).delivery;
}

/** Whether staff deliver or pay it. */
export function isManual(benefit: Pick<Benefit, "kind">): boolean {
  const delivery = deliveryOf(benefit);
  return delivery === "staff" || delivery === "payout";
}

/** The kinds that are delivered in one of some ways, for queries. */
export function kindsDelivered(...ways: Delivery[]): BenefitKind[] {
  return (Object.keys(BENEFITS) as BenefitKind[]).filter((kind) =>
    ways.includes(BENEFITS[kind].delivery),
  );
}
