import type { RuleSection } from "@/components/program/rules/list/rule-list";
import type { RuleRow } from "@/components/program/rules/list/rule-row";
import {
  GROUP_TITLES,
  groupOf,
  RULE_GROUPS,
  type RuleGroup,
} from "@/lib/programs/templates/rule-template";
import { ruleGives, ruleLimits, ruleWhen } from "@/lib/terms/words/staff";
import type { Rule, Terms } from "@/lib/terms/schema";
import type { TermNames } from "@/lib/terms/words/context";

const DESCRIPTIONS: Record<RuleGroup, string> = {
  advocate: "What advocates earn for referring friends.",
  friend: "What friends get.",
  points: "What earns points, for advocates and friends.",
};

/** The draft's rules in words, by whom they are for. */
export function ruleSections(draft: Terms, names: TermNames): RuleSection[] {
  return RULE_GROUPS.map((group) => ({
    group,
    title: GROUP_TITLES[group],
    description: DESCRIPTIONS[group],
    rows: draft.rules
      .filter((rule) => groupOf(rule) === group)
      .map((rule) => rowOf(rule, draft, names)),
  }));
}

function rowOf(rule: Rule, draft: Terms, names: TermNames): RuleRow {
  const { arm: armId, ...rest } = rule;
  return {
    id: rule.id,
    name: rule.name ?? null,
    when: ruleWhen(rule, draft.currency, names),
    gives: ruleGives(rule, draft.currency),
    limits: ruleLimits(rest, draft),
    off: rule.off === true,
    arm:
      armId === undefined
        ? null
        : (draft.experiment?.arms.find(({ id }) => id === armId)?.name ?? armId),
  };
}
