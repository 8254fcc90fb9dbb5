import { changesBetween } from "../rules/changes";
import { mainRule, switchedOn } from "../rules/applying";
import type { Side, Terms } from "../schema";
import { type Aspect, NO_LIMIT, pathsOf } from "./aspects/aspect";
import { PROGRAM_ASPECTS } from "./aspects/program";
import { rewardAspects } from "./aspects/rewards";
import type { TermNames } from "./context";
import { ruleText, ruleTitle } from "./staff";

/** A change of terms as the dashboard says it; null where there was or is nothing. */
export type WordedChange = { label: string; before: string | null; after: string | null };

/**
 * What changed between two versions of the terms, in words, one entry per thing that a person would
 * name: the two main rewards in parts, every further rule as a whole. Every difference that
 * `changesBetween` finds is covered: one that no words were written for is shown as stored.
 */
export function wordChanges(
  before: Terms,
  after: Terms,
  timeZone: string,
  names: TermNames = {},
): WordedChange[] {
  const context = { timeZone, names };
  const [old, now] = [switchedOn(before), switchedOn(after)];
  const changes = changesBetween(old, now);
  const aspects = aspectsOf(old, now).map((aspect) => ({
    ...aspect,
    was: aspect.say(old, context),
    is: aspect.say(now, context),
  }));
  const worded = aspects.filter(
    ({ paths, was, is }) => was !== is && changes.some(({ path }) => paths.test(path)),
  );
  const rest = changes.filter(({ path }) => !worded.some(({ paths }) => paths.test(path)));
  return [
    ...worded.map(({ label, was, is }) => ({ label, before: was, after: is })),
    ...rest.map(({ path, before: was, after: is }) => ({
      label: path,
      before: was || null,
      after: is || null,
    })),
  ];
}

/**
 * What a version says, as a list of facts in words. Limits that do not limit and the currency go
 * without saying.
 */
export function wordTerms(
  terms: Terms,
  timeZone: string,
  names: TermNames = {},
): { label: string; value: string }[] {
  const held = switchedOn(terms);
  return aspectsOf(held).flatMap(({ label, unsaid, say }) => {
    const value = say(held, { timeZone, names });
    return value === null || value === NO_LIMIT || unsaid ? [] : [{ label, value }];
  });
}

/** Everything that the versions can be compared in, in the order in which it is told. */
function aspectsOf(...versions: Terms[]): Aspect[] {
  const mains = (side: Side) => versions.flatMap((terms) => mainRule(terms, side)?.id ?? []);
  const [advocates, friends] = [mains("advocate"), mains("friend")];
  const others = new Map<string, string>();
  for (const rule of versions.flatMap(({ rules }) => rules)) {
    if (!advocates.includes(rule.id) && !friends.includes(rule.id))
      others.set(rule.id, `Rule: ${ruleTitle(rule)}`);
  }
  return [
    ...rewardAspects(advocates, friends),
    ...[...others].map(([id, label]): Aspect => ({
      label:
        [...others.values()].filter((other) => other === label).length > 1
          ? `${label} (${id})`
          : label,
      paths: pathsOf([id], ""),
      say: (terms, { names }) => {
        const rule = terms.rules.find((one) => one.id === id);
        return rule ? ruleText(rule, terms, names) : null;
      },
    })),
    ...PROGRAM_ASPECTS,
  ];
}
