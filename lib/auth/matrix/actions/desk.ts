import type { ActionEntry } from "./entry";

export const deskActions: Record<string, ActionEntry> = {
  "admin/[merchant]/desk/actions.ts answer": {
    member: "reward.decide",
    fields: ({ questionId }) => ({ questionId, outcome: "kept", answer: "Because of the test" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/desk/actions.ts decide": {
    member: "referral.decide",
    fields: ({ nominationId }) => ({
      nominationId,
      decision: "reject",
      reason: "Because of the test",
    }),
    elsewhere: "not_found",
  },
};
