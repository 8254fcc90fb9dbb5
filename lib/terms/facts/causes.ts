/** What a rule's reward can be for. */
type CauseKind = "referral" | "order" | "event" | "join" | "milestone" | "second_level" | "visit";

/**
 * What a reward is for: with the rule and the person, it is granted once. `ref` says which one of
 * its kind: the id of a referral, order or event, a visitor, a number of friends; empty for `join`.
 */
export type CauseRef = { kind: CauseKind; ref: string };

/** One text for a cause, to compare and to look up. */
export function causeText({ kind, ref }: { kind: string; ref: string }): string {
  return `${kind}:${ref}`;
}
