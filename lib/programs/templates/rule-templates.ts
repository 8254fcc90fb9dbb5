import { ADVOCATE_RULES } from "./advocate-rules";
import { FRIEND_RULES } from "./friend-rules";
import { POINT_RULES } from "./point-rules";
import type { RuleTemplate } from "./rule-template";

/** Rules to start from, by group; each is complete and can be saved as it is. */
export const RULE_TEMPLATES: readonly RuleTemplate[] = [
  ...ADVOCATE_RULES,
  ...FRIEND_RULES,
  ...POINT_RULES,
];
