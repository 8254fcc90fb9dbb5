import { signalFrom } from "../words";
import { factOf, type Signal } from "./signal";

/** A goal that only a browser reported and that counts by the shop's own word: staff look at it. */
export function browserGoal(type: string): Signal {
  return signalFrom("browser_goal", factOf({ kind: "goal", said: type }));
}
