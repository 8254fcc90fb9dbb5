import { ADVOCATE_TRIGGERS, type Rule, type Side, type Terms } from "../schema";

/** Terms without the rules that are switched off: what publishing puts in force. */
export function inForce<T extends Pick<Terms, "rules">>(terms: T): T {
  return { ...terms, rules: terms.rules.filter((rule) => !rule.off) };
}

/**
 * Terms as they hold for one advocate and their friends: the rules of all, and those of the arm
 * that the advocate is in.
 * @param arm null for one who is in no arm
 */
export function termsForArm(terms: Terms, arm: string | null): Terms {
  return {
    ...terms,
    rules: inForce(terms).rules.filter((rule) => rule.arm === undefined || rule.arm === arm),
  };
}

/**
 * True for a rule on what the advocate does themselves or becomes: no single referral of theirs
 * earns it.
 */
export function isOwnDoing(rule: Pick<Rule, "on">): boolean {
  return ADVOCATE_TRIGGERS.includes(rule.on.kind);
}

/**
 * What has to be looked at for terms beside friends' events: kinds of advocates' triggers, and
 * "experiment".
 */
export function watchesOf(terms: Pick<Terms, "rules" | "experiment">): string[] {
  return [
    ...terms.rules.filter(isOwnDoing).map((rule) => rule.on.kind),
    ...(terms.experiment ? ["experiment"] : []),
  ];
}

/**
 * The rule that stands for what a side gets for a referral: the one form's, else the first that
 * waits for the friend. Undefined for a side that gets nothing for it.
 */
export function mainRule(terms: Pick<Terms, "rules">, side: Side): Rule | undefined {
  const own = terms.rules.filter(
    (rule) => rule.side === side && !rule.off && rule.arm === undefined && !isOwnDoing(rule),
  );
  return own.find(({ id }) => id === side) ?? own[0];
}

/** The rule in an arm of the experiment; `undefined` puts it in none. */
export function inArm({ arm: _arm, ...rule }: Rule, arm: string | undefined): Rule {
  return arm === undefined ? rule : { ...rule, arm };
}
