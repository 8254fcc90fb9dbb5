import { expect, it } from "vitest";
import { readRuleForm, toRuleForm } from "@/lib/terms/form";
import { groupOf } from "./rule-template";
import { RULE_TEMPLATES } from "./rule-templates";
import { ruleSchema } from "@/lib/terms/schema";

it.each(RULE_TEMPLATES.map((template) => [template.id, template] as const))(
  "%s can be saved as it is, and stands in its group",
  (id, template) => {
    const rule = { ...template.rule({ returnWindowDays: 14 }), id };
    expect(ruleSchema.parse(rule)).toEqual(rule);
    expect(readRuleForm(toRuleForm(rule), id)).toEqual({ value: rule, problems: [] });
    expect(groupOf(rule)).toBe(template.group);
  },
);
