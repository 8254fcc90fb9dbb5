"use server";

import { merchantAction } from "@/lib/auth/action";
import {
  addStarterBadges,
  createBadge,
  editBadge,
  moveBadge,
  setBadgeState,
} from "@/lib/loyalty/badges/commands/edit-badges";
import {
  badgeFormSchema,
  badgeMoveSchema,
  badgeStateSchema,
  starterSchema,
} from "@/lib/loyalty/badges/schema";

export const saveBadge = merchantAction(
  badgeFormSchema,
  "program.edit",
  async (scope, { badgeId, ...input }) => {
    const badge =
      badgeId === undefined
        ? await createBadge(scope, { ...input, state: "active" })
        : await editBadge(scope, badgeId, input);
    return { badgeId: badge.id };
  },
);

export const switchBadge = merchantAction(
  badgeStateSchema,
  "program.edit",
  async (scope, input): Promise<null> => {
    await setBadgeState(scope, input);
    return null;
  },
);

export const shiftBadge = merchantAction(
  badgeMoveSchema,
  "program.edit",
  async (scope, input): Promise<null> => {
    await moveBadge(scope, input);
    return null;
  },
);

export const addStarters = merchantAction(
  starterSchema,
  "program.edit",
  async (scope): Promise<null> => {
    await addStarterBadges(scope);
    return null;
  },
);
