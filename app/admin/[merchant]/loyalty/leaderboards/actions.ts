"use server";

import { z } from "zod";
import { merchantAction } from "@/lib/auth/action";
import {
  createLeaderboard,
  editLeaderboard,
  setLeaderboardState,
} from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { leaderboardFormSchema } from "@/lib/loyalty/leaderboards/schema/leaderboard-form";
import type { Scope } from "@/lib/merchants/scope";

/** Makes a leaderboard, or changes what may be changed of it. */
export const saveLeaderboard = merchantAction(
  ({ timeZone }: Scope) => leaderboardFormSchema(timeZone),
  "program.edit",
  async (scope, { leaderboardId, ...leaderboard }) => {
    if (leaderboardId === undefined)
      return { leaderboardId: (await createLeaderboard(scope, leaderboard)).id };
    await editLeaderboard(scope, {
      leaderboardId,
      name: leaderboard.name,
      graceHours: leaderboard.graceHours,
      prizes: leaderboard.prizes,
      endsAt: leaderboard.endsAt,
    });
    return { leaderboardId };
  },
);

const stateSchema = z.object({
  leaderboardId: z.string().min(1).max(40),
  state: z.enum(["active", "disabled"]),
});

export const switchLeaderboard = merchantAction(
  stateSchema,
  "program.edit",
  async (scope, input): Promise<null> => {
    await setLeaderboardState(scope, input);
    return null;
  },
);
