import { TRIGGERS } from "../kinds/triggers";
import { ALWAYS, type Cap, type Rule, ruleSchema } from "../schema";
import { readGroup, toGroupForm } from "./condition-form";
import { readKind, showKind } from "./kind-form";
import { type Read, Reader } from "./reader";
import type { CapForm, RuleForm } from "./shape";
import { readWorth, toWorthForm } from "./worth-form";

const MOST_DAYS = 3_660;

/** The rule that a form says. Pure; the inverse of `toRuleForm`. */
export function readRuleForm(form: RuleForm, id: string): Read<Rule> {
  const to = new Reader();
  const { unissuedDays, issuedDays, remindDays } = form.expiry;
  const expiry = {
    unissuedDays: to.wholeOrNull("expiry.unissuedDays", unissuedDays, 1, MOST_DAYS),
    issuedDays: to.wholeOrNull("expiry.issuedDays", issuedDays, 1, MOST_DAYS),
    remindDays: to.wholeOrNull("expiry.remindDays", remindDays, 1, 365),
  };
  const caps = form.caps.map((cap, index) => readCap(cap, `caps.${index}`, to));
  const rule: Rule = {
    id,
    ...(form.name.trim() && { name: form.name.trim() }),
    side: form.side,
    on: readKind(form.on, TRIGGERS, "on", to),
    conditions: readGroup(form.conditions, "conditions", to),
    ...readWorth(form, "", to),
    holdDays: to.whole("holdDays", form.holdDays, 0, 365),
    ...(caps.length > 0 && { caps }),
    ...(form.fallback && { fallback: readWorth(form.fallback, "fallback.", to) }),
    ...(Object.values(expiry).some((days) => days !== null) && { expiry }),
    ...(form.arm && { arm: form.arm }),
    ...(form.off && { off: true as const }),
  };
  // Conditions are checked leaf by leaf: a union of them would only say that none fits.
  to.check(ruleSchema, { ...rule, conditions: ALWAYS }, "");
  return { value: rule, problems: to.problems };
}

/** A rule as it stands in its form. The way back is `readRuleForm`. */
export function toRuleForm(rule: Omit<Rule, "id">): RuleForm {
  const { name = "", side, on, conditions, holdDays, caps = [], fallback, expiry } = rule;
  return {
    name,
    side,
    on: showKind(on, TRIGGERS),
    conditions: toGroupForm(conditions),
    ...toWorthForm(rule),
    holdDays: String(holdDays),
    expiry: {
      unissuedDays: textOf(expiry?.unissuedDays),
      issuedDays: textOf(expiry?.issuedDays),
      remindDays: textOf(expiry?.remindDays),
    },
    caps: caps.map(toCapForm),
    fallback: fallback ? toWorthForm(fallback) : null,
    arm: rule.arm ?? "",
    off: rule.off ?? false,
  };
}

/** The limit that a row of a form says. */
export function readCap({ who, per, rewards, cost }: CapForm, path: string, to: Reader): Cap {
  const count = to.wholeOrNull(`${path}.rewards`, rewards, 1, 10_000_000);
  return {
    who,
    per,
    ...(count !== null && { rewards: count }),
    ...(cost.trim() && { cost: cost.trim() }),
  };
}

/** A limit as it stands in its row. */
export function toCapForm({ who, per, rewards, cost = "" }: Cap): CapForm {
  return { who, per, rewards: textOf(rewards), cost };
}

/** A number as typed; "" for none. */
export function textOf(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}
