import { COUNT_KINDS, type CountKind } from "../facts/conditions";
import type { Field } from "../form/fields";

/** What can be counted, as the reasons of decisions call it. */
export const COUNT_SUBJECTS: Record<CountKind, string> = {
  confirmed_referrals: "qualified referrals of the advocate",
  friend_purchases: "purchases of the friend",
  own_purchases: "purchases of the customer",
};

/** The same where rules are described. */
export const COUNT_WORDS: Record<CountKind, string> = {
  confirmed_referrals: "qualified friends",
  friend_purchases: "purchases of the friend",
  own_purchases: "purchases of the advocate",
};

const LABELS: Record<CountKind, string> = {
  confirmed_referrals: "Qualified friends",
  friend_purchases: "Purchases of this friend",
  own_purchases: "The advocate’s own purchases",
};

/** The field that says what is counted. */
export function countedField(label: string): Field {
  const options = COUNT_KINDS.map((value) => ({ value, label: LABELS[value] }));
  return { name: "of", label, control: "choice", options };
}
