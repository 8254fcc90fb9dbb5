"use server";

import { merchantAction } from "@/lib/auth/action";
import {
  approveReferral,
  decideEach,
  rejectReferral,
  undoRejection,
} from "@/lib/pipeline/process/decide-referral";
import {
  decideManySchema,
  decideSchema,
  rejectManySchema,
  rejectSchema,
} from "@/lib/referrals/schema";

export const approve = merchantAction(decideSchema, "referral.decide", async (scope, input) => {
  await approveReferral(scope, input);
  return null;
});

export const reject = merchantAction(rejectSchema, "referral.decide", async (scope, input) => {
  await rejectReferral(scope, input);
  return null;
});

export const undoReject = merchantAction(decideSchema, "referral.decide", async (scope, input) => {
  await undoRejection(scope, input);
  return null;
});

export const approveMany = merchantAction(
  decideManySchema,
  "referral.decide",
  (scope, { referralIds }) =>
    decideEach(referralIds, (referralId) => approveReferral(scope, { referralId })),
);

export const rejectMany = merchantAction(
  rejectManySchema,
  "referral.decide",
  (scope, { referralIds, reason }) =>
    decideEach(referralIds, (referralId) => rejectReferral(scope, { referralId, reason })),
);

export const undoRejectMany = merchantAction(
  decideManySchema,
  "referral.decide",
  (scope, { referralIds }) =>
    decideEach(referralIds, (referralId) => undoRejection(scope, { referralId })),
);
