import type { ConditionFacts, Verdict } from "./index";

/** The friend had no order before being referred. */
export function newCustomer({ isNewCustomer }: ConditionFacts): Verdict {
  return isNewCustomer
    ? { holds: true, code: "new_customer", message: "The friend had no order before." }
    : { holds: false, code: "existing_customer", message: "The friend had ordered before." };
}
