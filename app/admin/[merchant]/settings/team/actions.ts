"use server";

import { merchantAction } from "@/lib/auth/action";
import { sendInvitation } from "@/lib/auth/invitation";
import { changeRole, removeMember, revokeInvite } from "@/lib/merchants/commands/team";
import {
  changeRoleSchema,
  inviteSchema,
  removeMemberSchema,
  revokeInviteSchema,
} from "@/lib/merchants/schema";

export const inviteToTeam = merchantAction(inviteSchema, "team.manage", sendInvitation);
export const takeBackInvite = merchantAction(revokeInviteSchema, "team.manage", revokeInvite);
export const giveRole = merchantAction(changeRoleSchema, "team.manage", changeRole);
/** Anyone may leave; taking others off is the command's to judge. */
export const takeOffTeam = merchantAction(removeMemberSchema, null, removeMember);
