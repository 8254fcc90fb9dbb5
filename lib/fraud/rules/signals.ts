import type { FraudRules } from "@/lib/terms/rules/fraud";
import { busyNetwork } from "../signals/busy-network";
import { disposableEmail } from "../signals/disposable-email";
import { duplicateFriend } from "../signals/duplicate-friend";
import { fastAdvocate } from "../signals/fast-advocate";
import { knownCustomer } from "../signals/known-customer";
import { mutualReferral } from "../signals/mutual-referral";
import { noVisitor } from "../signals/no-visitor";
import { selfReferral } from "../signals/self-referral";
import { sharedBrowser } from "../signals/shared-browser";
import type { Acquaintance, Beginning, Signal } from "../signals/signal";

/** What records of the shop tell of two people. */
const OF_ACQUAINTANCE: readonly ((facts: Acquaintance) => Signal | null)[] = [
  selfReferral,
  duplicateFriend,
  knownCustomer,
  mutualReferral,
  sharedBrowser,
  disposableEmail,
];

/** What is seen when a referral begins, whoever its people are. */
const OF_BEGINNING: readonly ((facts: Beginning, rules: FraudRules) => Signal | null)[] = [
  noVisitor,
  busyNetwork,
  fastAdvocate,
];

/** Every signal that these facts give, the most serious first. */
export function signalsOf(facts: Acquaintance): Signal[] {
  const found = OF_ACQUAINTANCE.flatMap((signal) => signal(facts) ?? []);
  return found.sort((a, b) => Number(b.severity === "block") - Number(a.severity === "block"));
}

/** Every signal that a referral begins with. */
export function beginningSignals(facts: Beginning, rules: FraudRules): Signal[] {
  return OF_BEGINNING.flatMap((signal) => signal(facts, rules) ?? []);
}
