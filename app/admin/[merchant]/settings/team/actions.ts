"use server";

import { merchantAction } from "@/lib/auth/action";
import { signOutMember } from "@/lib/auth/session/sign-out-member";
import { sendInvitation } from "@/lib/auth/sign-in/invitation";
import { resetMemberTwoStep } from "@/lib/auth/two-step/reset";
import { requireTwoStep } from "@/lib/merchants/commands/require-two-step";
import { changeRole, removeMember, revokeInvite } from "@/lib/merchants/commands/team";
import {
  changeRoleSchema,
  inviteSchema,
  removeMemberSchema,
  resetTwoStepSchema,
  revokeInviteSchema,
  twoStepRuleSchema,
} from "@/lib/merchants/schema";

export const inviteToTeam = merchantAction(inviteSchema, "team.manage", sendInvitation);
export const revokeInvitation = merchantAction(revokeInviteSchema, "team.manage", revokeInvite);
export const changeMemberRole = merchantAction(changeRoleSchema, "team.manage", changeRole);
export const signOutOfTeam = merchantAction(removeMemberSchema, "team.manage", signOutMember);
/** Anyone may leave; whether others may be removed, the command judges. */
export const removeFromTeam = merchantAction(removeMemberSchema, null, removeMember);
export const saveTwoStepRule = merchantAction(twoStepRuleSchema, "security.manage", requireTwoStep);
export const resetTwoStep = merchantAction(
  resetTwoStepSchema,
  "security.manage",
  resetMemberTwoStep,
);
