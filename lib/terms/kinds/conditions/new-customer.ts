import type { ConditionFacts } from "../../facts/conditions";
import type { Verdict } from "./verdict";

/**
 * There was no order before: none of the friend's before being referred, none of the customer's
 * before their own.
 */
export function newCustomer({ isNewCustomer }: ConditionFacts): Verdict {
  return isNewCustomer
    ? { holds: true, code: "new_customer", message: "There was no order before." }
    : { holds: false, code: "existing_customer", message: "There had been an order before." };
}
