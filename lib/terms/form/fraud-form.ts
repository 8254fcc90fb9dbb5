import { fraudRules, ownFraud } from "../rules/fraud";
import { type Fraud, MOST_IN_A_DAY, SIGNAL_KINDS, type SignalKind, type Terms } from "../schema";
import { type Read, Reader } from "./reader";
import type { FraudForm } from "./shape";

/** How a program tells suspicious referrals, as its form says it; undefined for all by default. */
export function readFraudForm(form: FraudForm): Read<Fraud | undefined> {
  const to = new Reader();
  const { holdFrom, friendsADay, peopleOfANetwork, answerDays, weights } = form;
  const rules = {
    holdFrom: to.whole("holdFrom", holdFrom, 1, 100),
    friendsADay: to.whole("friendsADay", friendsADay, 2, MOST_IN_A_DAY),
    peopleOfANetwork: to.whole("peopleOfANetwork", peopleOfANetwork, 2, MOST_IN_A_DAY),
    answerDays: to.whole("answerDays", answerDays, 1, 90),
    weights: eachKind((kind) => to.whole(`weights.${kind}`, weights[kind] ?? "", 0, 100)),
  };
  return { value: ownFraud(rules), problems: to.problems };
}

/** The same as it stands in its form. */
export function toFraudForm(terms: Pick<Terms, "fraud">): FraudForm {
  const { weights, ...numbers } = fraudRules(terms);
  return {
    holdFrom: String(numbers.holdFrom),
    friendsADay: String(numbers.friendsADay),
    peopleOfANetwork: String(numbers.peopleOfANetwork),
    answerDays: String(numbers.answerDays),
    weights: eachKind((kind) => String(weights[kind])),
  };
}

function eachKind<Value>(valueOf: (kind: SignalKind) => Value): Record<SignalKind, Value> {
  return Object.fromEntries(SIGNAL_KINDS.map((kind) => [kind, valueOf(kind)])) as Record<
    SignalKind,
    Value
  >;
}
