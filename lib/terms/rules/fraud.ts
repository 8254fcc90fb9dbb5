import { type Fraud, SIGNAL_KINDS, SIGNAL_WEIGHTS, type SignalKind, type Terms } from "../schema";

/** How a program tells suspicious referrals, with what it has by default. */
export type FraudRules = Required<Omit<Fraud, "weights">> & {
  weights: Readonly<Record<SignalKind, number>>;
};

export const DEFAULT_FRAUD: FraudRules = {
  holdFrom: 50,
  friendsADay: 20,
  peopleOfANetwork: 10,
  answerDays: 7,
  weights: SIGNAL_WEIGHTS,
};

/** The rules of some terms, complete. */
export function fraudRules({ fraud = {} }: Pick<Terms, "fraud">): FraudRules {
  return { ...DEFAULT_FRAUD, ...fraud, weights: { ...SIGNAL_WEIGHTS, ...fraud.weights } };
}

/** What of these rules differs from the default, as terms keep it; undefined where nothing does. */
export function ownFraud(rules: FraudRules): Fraud | undefined {
  const { weights, ...numbers } = rules;
  const own = Object.fromEntries(
    Object.entries(numbers).filter(
      ([name, value]) => DEFAULT_FRAUD[name as keyof typeof numbers] !== value,
    ),
  ) as Fraud;
  const changed = SIGNAL_KINDS.filter((kind) => weights[kind] !== SIGNAL_WEIGHTS[kind]);
  if (changed.length > 0)
    own.weights = Object.fromEntries(changed.map((kind) => [kind, weights[kind]]));
  return Object.keys(own).length > 0 ? own : undefined;
}
