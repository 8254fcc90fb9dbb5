"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { formFields } from "../../../forms/form-fields";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { adminPaths } from "@/lib/merchants/paths";
import type { Rule } from "@/lib/terms/schema";

export type RuleActions = {
  remove: FormAction<{ rule: Rule; index: number }>;
  restore: FormAction<null>;
  duplicate: FormAction<{ ruleId: string }>;
  move: FormAction<null>;
  switchTo: FormAction<null>;
};

export type RuleSteps = ReturnType<typeof useRuleSteps>;

type RuleStepsInput = {
  rule: { id: string; label: string; off: boolean };
  slug: string;
  programId: string;
  actions: RuleActions;
};

/** What can be done with a rule in the list; deleting and switching offer to undo. */
export function useRuleSteps({ rule, slug, programId, actions }: RuleStepsInput) {
  const router = useRouter();
  const toast = useToast();
  const [pending, start] = useTransition();

  /** @returns what the action answers; null when it failed, which is then said */
  async function run<T>(action: FormAction<T>, values: Record<string, string>): Promise<T | null> {
    const result = await action(null, formFields({ programId, ...values }));
    if (!result.ok) toast({ message: result.message, tone: "bad" });
    return result.ok ? result.data : null;
  }
  const restore = (removed: { rule: Rule; index: number }) =>
    start(async () => {
      const { rule, index } = removed;
      await run(actions.restore, { rule: JSON.stringify(rule), index: String(index) });
    });
  const set = (on: boolean) => run(actions.switchTo, { ruleId: rule.id, on: String(on) });
  return {
    pending,
    remove: () =>
      start(async () => {
        const removed = await run(actions.remove, { ruleId: rule.id });
        if (!removed) return;
        toast({
          message: `“${rule.label}” deleted.`,
          tone: "good",
          undo: { run: () => restore(removed) },
        });
      }),
    turn: () =>
      start(async () => {
        await set(rule.off);
        toast({
          message: rule.off ? "Switched on." : "Switched off. It stays in the list.",
          tone: "good",
          undo: { run: () => start(async () => void (await set(!rule.off))) },
        });
      }),
    duplicate: () =>
      start(async () => {
        const copy = await run(actions.duplicate, { ruleId: rule.id });
        if (copy) router.push(adminPaths(slug).programRule(programId, copy.ruleId));
      }),
    /** @param before the rule that it goes before; null for the end */
    move: (before: string | null) =>
      start(async () => {
        await run(actions.move, { ruleId: rule.id, before: before ?? "" });
      }),
  };
}
