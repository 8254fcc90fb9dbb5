import type { FraudRules } from "@/lib/terms/rules/fraud";
import { signalFrom } from "../words";
import { type Beginning, factOf, type Signal } from "./signal";

/** Many people from one network within a day: a farm of accounts, or an office. */
export function busyNetwork(
  { peopleOfNetwork: count }: Beginning,
  { peopleOfANetwork }: Pick<FraudRules, "peopleOfANetwork">,
): Signal | null {
  return count >= peopleOfANetwork
    ? signalFrom("busy_network", factOf({ kind: "network", count }))
    : null;
}
