"use server";

import { merchantAction } from "@/lib/auth/action";
import {
  approveReferral,
  rejectReferral,
  undoRejection,
} from "@/lib/pipeline/process/decide-referral";
import { decideSchema, rejectSchema } from "@/lib/referrals/schema";

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
