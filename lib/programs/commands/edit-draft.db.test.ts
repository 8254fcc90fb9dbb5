import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { changeProgramState } from "./change-state";
import { createProgram } from "./create-program";
import { publishProgram } from "./publish-program";
import {
  duplicateRule,
  moveRule,
  removeRule,
  restoreRule,
  saveRule,
  switchRule,
} from "./edit-rules";
import { saveDetails, saveLimits, saveQualification } from "./edit-terms";
import { endExperiment, saveExperiment } from "../experiments/commands";
import { toDetailsForm } from "../forms/details-form";
import { emptyForm, programFormSchema } from "../forms/program-form";
import { findProgram, termsOf } from "../queries";
import {
  emptyCap,
  toExperimentForm,
  toLimitsForm,
  toQualificationForm,
  toRuleForm,
} from "@/lib/terms/form";
import { RULE_TEMPLATES } from "../templates/rule-templates";
import type { Experiment } from "@/lib/terms/schema";

let scope: Scope;
let id: string;
const draft = async () => (await findProgram(scope, id)).draft;
const ids = async () => (await draft()).rules.map((rule) => rule.id);
const template = (name: string) =>
  toRuleForm(RULE_TEMPLATES.find(({ id }) => id === name)!.rule({ returnWindowDays: 14 }));
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { issues?: { path: string[] }[]; code?: string }) =>
      error.issues?.map(({ path }) => path.join(".")) ?? error.code,
  );

beforeEach(async () => {
  scope = await createTestMerchant();
  id = (
    await createProgram(
      scope,
      programFormSchema("USD", "UTC").parse({ ...emptyForm(14), name: "Tea" }),
    )
  ).id;
});
afterAll(closeConnections);

describe("the rules of a draft", () => {
  it("can be edited and deleted and restored while the published version stands", async () => {
    await publishProgram(scope, id);
    expect(await saveRule(scope, id, null, template("own-purchases"))).toEqual({
      ruleId: "points-for-own-purchases",
    });
    await saveRule(scope, id, "points-for-own-purchases", {
      ...template("own-purchases"),
      holdDays: "3",
    });
    expect(await duplicateRule(scope, id, "points-for-own-purchases")).toEqual({
      ruleId: "points-for-own-purchases-copy",
    });
    await moveRule(scope, id, "points-for-own-purchases-copy", "advocate");
    expect(await ids()).toEqual([
      "points-for-own-purchases-copy",
      "advocate",
      "friend",
      "points-for-own-purchases",
    ]);
    await moveRule(scope, id, "advocate", null);
    await switchRule(scope, id, "points-for-own-purchases-copy", true);
    const taken = await removeRule(scope, id, "friend");
    expect(await ids()).toEqual([
      "points-for-own-purchases-copy",
      "points-for-own-purchases",
      "advocate",
    ]);
    await restoreRule(scope, id, taken);
    expect((await draft()).rules.map((rule) => [rule.id, rule.off, rule.holdDays])).toEqual([
      ["points-for-own-purchases-copy", undefined, 3],
      ["friend", undefined, 0],
      ["points-for-own-purchases", undefined, 3],
      ["advocate", undefined, 14],
    ]);
    expect((await termsOf(scope, id, 1)).rules.map((rule) => rule.id)).toEqual([
      "advocate",
      "friend",
    ]);
  });

  it("are not lost when two people edit two of them at once", async () => {
    await Promise.all([
      saveRule(scope, id, null, template("milestone")),
      saveRule(scope, id, null, template("milestone")),
      saveRule(scope, id, "advocate", { ...template("confirmed"), holdDays: "1" }),
      saveLimits(scope, id, { ...toLimitsForm(await draft()), advocateCap: "7" }),
    ]);
    const { rules, advocateCap } = await draft();
    expect(rules.map((rule) => rule.id)).toEqual([
      "advocate",
      "friend",
      "milestone-5-friends",
      "milestone-5-friends-2",
    ]);
    expect([rules[0]?.holdDays, advocateCap]).toEqual([1, 7]);
  });

  it("stay in the draft when switched off, and out of what is published", async () => {
    await switchRule(scope, id, "friend", false);
    await publishProgram(scope, id);
    expect((await termsOf(scope, id, 1)).rules.map((rule) => rule.id)).toEqual(["advocate"]);
    expect(await ids()).toEqual(["advocate", "friend"]);
    expect(await publishProgram(scope, id)).toEqual({ version: 1 });
    await switchRule(scope, id, "advocate", false);
    expect(await failure(publishProgram(scope, id))).toBe("invalid_request");
  });

  it("tell what is wrong at its place in the form", async () => {
    const wrong = {
      ...template("own-purchases"),
      holdDays: "",
      calculator: { ...template("own-purchases").calculator, amount: "1.5" },
    };
    expect(await failure(saveRule(scope, id, null, wrong))).toEqual(["holdDays"]);
    expect(await failure(saveRule(scope, id, null, { ...wrong, holdDays: "0" }))).toEqual([
      "calculator.amount",
    ]);
    expect(
      await failure(
        saveRule(scope, id, "advocate", {
          ...template("confirmed"),
          caps: [{ ...emptyCap, cost: "1.234" }],
        }),
      ),
    ).toEqual(["caps.0.cost"]);
    expect(
      await failure(saveRule(scope, id, "advocate", { ...template("confirmed"), arm: "a" })),
    ).toEqual(["arm"]);
    expect(
      await failure(saveLimits(scope, id, { ...toLimitsForm(await draft()), budgetCost: "lots" })),
    ).toContain("budget.cost");
    expect(await failure(saveRule(scope, id, "gone", template("confirmed")))).toBe("not_found");
    await removeRule(scope, id, "friend");
    expect(await failure(removeRule(scope, id, "advocate"))).toBe("conflict");
  });

  it("are not touched when the details are edited", async () => {
    await saveRule(scope, id, null, template("own-purchases"));
    const { on, conditions } = toQualificationForm((await draft()).qualification);
    await saveQualification(scope, id, { conditions, on: { ...on, kind: "renewal", n: "2" } });
    const before = await draft();
    expect(before.qualification.trigger).toEqual({ kind: "renewal", n: 2 });
    await saveDetails(scope, id, {
      ...toDetailsForm("Tea", before, "UTC"),
      name: "Tea for two",
      windowDays: "30",
    });
    expect(await draft()).toEqual({ ...before, windowDays: 30 });
    expect((await findProgram(scope, id)).name).toBe("Tea for two");
    expect(await failure(saveDetails(scope, id, { name: " " }))).toContain("windowDays");
  });

  it("of an ended program stand", async () => {
    await publishProgram(scope, id);
    await changeProgramState(scope, { programId: id, state: "ended" });
    expect(await failure(saveRule(scope, id, null, template("milestone")))).toBe("conflict");
  });
});

describe("an experiment", () => {
  const experiment: Experiment = {
    id: "first",
    question: "Cash or credit?",
    arms: [
      { id: "a", name: "Credit", shareBp: 5_000, segment: null },
      { id: "b", name: "Cash", shareBp: 5_000, segment: null },
    ],
  };
  const form = async (change: Partial<Experiment> = {}) => ({
    ...toExperimentForm({ ...experiment, ...change }, (await draft()).rules),
  });

  it("keeps its shares once published, and ends with the winner’s rules for all", async () => {
    const { ruleId } = await duplicateRule(scope, id, "advocate");
    await switchRule(scope, id, ruleId, true);
    await saveExperiment(scope, id, { ...(await form()), rules: { advocate: "a", [ruleId]: "b" } });
    expect((await draft()).rules.map((rule) => rule.arm)).toEqual(["a", "b", undefined]);
    const uneven = experiment.arms.map((arm, index) => ({
      ...arm,
      shareBp: index === 0 ? 9_000 : 1_000,
    }));
    await saveExperiment(scope, id, { ...(await form({ arms: uneven })) });
    await saveExperiment(scope, id, await form());
    await publishProgram(scope, id);
    expect(await failure(saveExperiment(scope, id, await form({ arms: uneven })))).toEqual([
      "arms",
    ]);
    await saveExperiment(
      scope,
      id,
      await form({
        question: "Which?",
        arms: experiment.arms.map((arm) => ({ ...arm, name: `${arm.name}!` })).reverse(),
      }),
    );
    await saveExperiment(scope, id, await form({ id: "second", arms: uneven }));
    expect(await publishProgram(scope, id)).toEqual({ version: 2 });
    await endExperiment(scope, id, "b");
    const { rules, experiment: none } = await draft();
    expect(none).toBeUndefined();
    expect(rules.map((rule) => [rule.id, rule.arm, rule.off])).toEqual([
      ["advocate", undefined, true],
      [ruleId, undefined, undefined],
      ["friend", undefined, undefined],
    ]);
  });
});
