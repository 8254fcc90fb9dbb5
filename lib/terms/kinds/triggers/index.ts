import type { z } from "zod";
import type { TriggerKind } from "../trigger";
import { eachPurchase } from "./each-purchase";
import { firstPurchase } from "./first-purchase";
import { goal } from "./goal";
import { join } from "./join";
import { milestone } from "./milestone";
import { nthPurchase } from "./nth-purchase";
import { ownEvent } from "./own-event";
import { ownJoin } from "./own-join";
import { ownPurchase } from "./own-purchase";
import { qualified } from "./qualified";
import { renewal } from "./renewal";
import { secondLevel } from "./second-level";
import { shareVisit } from "./share-visit";

/** Everything that a rule can wait for, in the order in which the editor offers it. */
export const TRIGGERS = {
  qualified,
  join,
  first_purchase: firstPurchase,
  nth_purchase: nthPurchase,
  each_purchase: eachPurchase,
  renewal,
  goal,
  milestone,
  second_level: secondLevel,
  own_purchase: ownPurchase,
  own_event: ownEvent,
  own_join: ownJoin,
  share_visit: shareVisit,
} satisfies { [Kind in string]: TriggerKind<{ kind: Kind }> };

export type RuleTriggerKind = keyof typeof TRIGGERS;
/** What a rule waits for. */
export type RuleTrigger = z.infer<(typeof TRIGGERS)[RuleTriggerKind]["schema"]>;

type QualifyingKind = {
  [Kind in RuleTriggerKind]: (typeof TRIGGERS)[Kind] extends { qualifies: true } ? Kind : never;
}[RuleTriggerKind];
/** What can qualify a referral. */
export type Trigger = z.infer<(typeof TRIGGERS)[QualifyingKind]["schema"]>;

/** What is known of the kind of a trigger. */
export function triggerKind(kind: RuleTriggerKind): TriggerKind<RuleTrigger> {
  return TRIGGERS[kind];
}

/** Whether what is stored as a trigger happens every other day; unknown and none do not. */
export function isFrequent(kind: string | undefined): boolean {
  if (kind === undefined || !Object.hasOwn(TRIGGERS, kind)) return false;
  const found = triggerKind(kind as RuleTriggerKind);
  return found.of === "advocate" && found.isFrequent === true;
}
