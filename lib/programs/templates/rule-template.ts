import type { Rule } from "@/lib/terms/schema";

/** A rule to start from. */
export type RuleTemplate = {
  id: string;
  /** Where the list of rules shows it. */
  group: RuleGroup;
  title: string;
  hint: string;
  rule: (shop: { returnWindowDays: number }) => Omit<Rule, "id">;
};

export const RULE_GROUPS = ["advocate", "friend", "points"] as const;
export type RuleGroup = (typeof RULE_GROUPS)[number];

export const GROUP_TITLES: Record<RuleGroup, string> = {
  advocate: "For advocates",
  friend: "For friends",
  points: "Points",
};

/** For whom a rule is in the list of rules: points stand together, whoever gets them. */
export function groupOf(rule: Pick<Rule, "side" | "benefit">): RuleGroup {
  return rule.benefit.kind === "points" ? "points" : rule.side;
}
