import {
  toExperimentForm,
  toFraudForm,
  toLimitsForm,
  toQualificationForm,
  toRuleForm,
} from "@/lib/terms/form";
import { advocateCredit, friendCoupon, testTerms } from "@/lib/worker/testing";
import type { ActionEntry, Fields } from "./entry";

const program = (): Fields => ({
  name: "Taken over",
  advocateBenefit: "none",
  friendBenefit: "amount_off",
  friendAmount: "99",
  friendOn: "join",
  trigger: "join",
  newCustomersOnly: "on",
  holdDays: "0",
  windowDays: "30",
  destination: "invite",
  intent: "publish",
});

const EXPERIMENT = {
  id: "matrix",
  question: "Which?",
  arms: [
    { id: "a", name: "One", shareBp: 5_000, segment: null },
    { id: "b", name: "Other", shareBp: 5_000, segment: null },
  ],
};

export const programsActions: Record<string, ActionEntry> = {
  ...Object.fromEntries(
    Object.entries<(fields: { programId: string }) => Fields>({
      keepRule: (fields) => ({
        ...fields,
        ruleId: "advocate",
        form: JSON.stringify(toRuleForm(advocateCredit())),
      }),
      deleteRule: (fields) => ({ ...fields, ruleId: "friend" }),
      putRuleBack: (fields) => ({ ...fields, rule: JSON.stringify(friendCoupon()), index: "0" }),
      copyRule: (fields) => ({ ...fields, ruleId: "advocate" }),
      placeRule: (fields) => ({ ...fields, ruleId: "advocate" }),
      turnRule: (fields) => ({ ...fields, ruleId: "advocate", on: "true" }),
      keepQualification: (fields) => ({
        ...fields,
        form: JSON.stringify(toQualificationForm(testTerms().qualification)),
      }),
      keepLimits: (fields) => ({ ...fields, form: JSON.stringify(toLimitsForm(testTerms())) }),
      keepFraud: (fields) => ({ ...fields, form: JSON.stringify(toFraudForm(testTerms())) }),
      keepExperiment: (fields) => ({
        ...fields,
        form: JSON.stringify(toExperimentForm(EXPERIMENT, [])),
      }),
      stopExperiment: (fields) => fields,
      publishDraft: (fields) => fields,
    }).map(([name, fields]): [string, ActionEntry] => [
      `admin/[merchant]/programs/[program]/rules/actions.ts ${name}`,
      {
        member: "program.edit",
        fields: ({ draft }) => fields({ programId: draft.id }),
        elsewhere: "not_found",
      },
    ]),
  ),
  "admin/[merchant]/programs/[program]/replay/actions.ts runReplay": {
    member: "program.edit",
    fields: ({ program }) => ({ programId: program.id }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/[program]/replay/actions.ts stopReplay": {
    member: "program.edit",
    fields: ({ program, replayId }) => ({ programId: program.id, replayId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/[program]/replay/actions.ts publishDraft": {
    member: "program.edit",
    fields: ({ program, replayId }) => ({ programId: program.id, replayId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/[program]/replay/actions.ts dropDraft": {
    member: "program.edit",
    fields: ({ program }) => ({ programId: program.id }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/actions.ts addProgram": {
    member: "program.edit",
    fields: program,
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/programs/actions.ts editDetails": {
    member: "program.edit",
    fields: ({ draft }) => ({ ...program(), programId: draft.id }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/actions.ts setProgramState": {
    member: "program.edit",
    fields: ({ program }) => ({ programId: program.id, state: "paused" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/actions.ts duplicateProgram": {
    member: "program.edit",
    fields: ({ program }) => ({ programId: program.id }),
    elsewhere: "not_found",
  },
};
