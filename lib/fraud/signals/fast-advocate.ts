import type { FraudRules } from "@/lib/terms/rules/fraud";
import { signalFrom } from "../words";
import { type Beginning, factOf, type Signal } from "./signal";

/** More friends of one advocate within a day than people usually have. */
export function fastAdvocate(
  { friendsOfAdvocate: count }: Beginning,
  { friendsADay }: Pick<FraudRules, "friendsADay">,
): Signal | null {
  return count >= friendsADay ? signalFrom("fast_advocate", factOf({ kind: "pace", count })) : null;
}
