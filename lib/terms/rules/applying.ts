import type { Watch } from "../facts/actions";
import { type RuleTriggerKind, triggerKind, TRIGGERS } from "../kinds/triggers";
import type { Rule, Side, Terms } from "../schema";
import { countsFor } from "./asked";

/** Terms without the rules that are switched off: what publishing puts into effect. */
export function switchedOn<T extends Pick<Terms, "rules">>(terms: T): T {
  return { ...terms, rules: terms.rules.filter((rule) => !rule.off) };
}

/**
 * Terms for one advocate and their friends: the rules of all, and those of the arm that the
 * advocate is in.
 * @param arm null for one who is in no arm
 */
export function termsForArm(terms: Terms, arm: string | null): Terms {
  return {
    ...terms,
    rules: switchedOn(terms).rules.filter((rule) => rule.arm === undefined || rule.arm === arm),
  };
}

/** The rule in an arm of the experiment; `undefined` puts it in none. */
export function inArm({ arm: _arm, ...rule }: Rule, arm: string | undefined): Rule {
  return arm === undefined ? rule : { ...rule, arm };
}

/**
 * True for a rule on what the advocate does themselves or becomes: no single referral of theirs
 * earns it.
 */
export function isOwnAction(rule: Pick<Rule, "on">): boolean {
  return triggerKind(rule.on.kind).of === "advocate";
}

/** True for a rule that waits for whatever qualifies the referral. */
export function isOnQualification({ on }: Pick<Rule, "on">): boolean {
  const trigger = triggerKind(on.kind);
  return trigger.of === "friend" && trigger.isQualification === true;
}

/**
 * What has to be looked at for terms beside friends' events: the watches of advocates' triggers,
 * "qualified_count" where a friend's rule depends on which of the advocate's friends it is, and
 * "experiment".
 */
export function watchesOf(terms: Pick<Terms, "rules" | "experiment">): string[] {
  return [
    ...terms.rules.flatMap(({ on }) => {
      const trigger = triggerKind(on.kind);
      return trigger.of === "advocate" ? [trigger.watch] : [];
    }),
    ...(terms.rules.some(isByFriendsNumber) ? ["qualified_count"] : []),
    ...(terms.experiment ? ["experiment"] : []),
  ];
}

/** What is looked at for a trigger, by its kind as a reward has kept it; null for a friend's. */
export function watchOf(kind: string | undefined): Watch | null {
  const trigger = kind !== undefined && kind in TRIGGERS && triggerKind(kind as RuleTriggerKind);
  return trigger && trigger.of === "advocate" ? trigger.watch : null;
}

/** The reason that a referral shows which a kind of trigger qualified; null for no such kind. */
export function qualifiedReasonWords(kind: string): string | null {
  const trigger = kind in TRIGGERS && triggerKind(kind as RuleTriggerKind);
  return trigger && trigger.qualifies ? trigger.reason : null;
}

/** The types of events that friends' triggers wait for, or advocates'. */
export function eventTypesOf(
  { qualification, rules }: Pick<Terms, "qualification" | "rules">,
  of: Side,
): string[] {
  const triggers = [qualification.trigger, ...rules.map(({ on }) => on)];
  return triggers.flatMap((trigger) => {
    const kind = triggerKind(trigger.kind);
    return kind.of === of ? (kind.eventTypes?.(trigger) ?? []) : [];
  });
}

/**
 * At which numbers of qualified referrals a rule is due, up to a count; none where it does not
 * count them.
 */
export function milestonesOf({ on }: Pick<Rule, "on">, count: number): number[] {
  const trigger = triggerKind(on.kind);
  return trigger.of === "advocate" ? (trigger.milestones?.(on, count) ?? []) : [];
}

/** Whether a rule is due at numbers of qualified referrals. */
export function isMilestone({ on }: Pick<Rule, "on">): boolean {
  const trigger = triggerKind(on.kind);
  return trigger.of === "advocate" && trigger.milestones !== undefined;
}

/**
 * Whether a rule on what a friend does depends on how many qualified before: it is settled with all
 * of its advocate's friends in view.
 */
export function isByFriendsNumber(rule: Rule): boolean {
  return !isOwnAction(rule) && countsFor(rule, "confirmed_referrals");
}

/** Whether a refund that undoes the qualification of a referral takes the reward with it. */
export function restsOnQualification({ on }: Pick<Rule, "on">): boolean {
  return triggerKind(on.kind).restsOnQualification === true;
}

/** Whether a rule rests on the friends of an advocate's friends. */
export function isSecondLevel({ on }: Pick<Rule, "on">): boolean {
  const trigger = triggerKind(on.kind);
  return trigger.of === "advocate" && trigger.watch === "second_level";
}

/**
 * The rule that stands for what a side gets for a referral: the one form's, else the first that
 * waits for the friend. Undefined for a side that gets nothing for it.
 */
export function mainRule(terms: Pick<Terms, "rules">, side: Side): Rule | undefined {
  const own = terms.rules.filter(
    (rule) => rule.side === side && !rule.off && rule.arm === undefined && !isOwnAction(rule),
  );
  return own.find(({ id }) => id === side) ?? own[0];
}
