"use server";

import { z } from "zod";
import { merchantAction } from "@/lib/auth/action";
import {
  createBoard,
  editBoard,
  setBoardState,
} from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { boardFormSchema } from "@/lib/loyalty/leaderboards/schema/leaderboard-form";
import type { Scope } from "@/lib/merchants/scope";

/** Makes a board, or changes what may be changed of it. */
export const saveBoard = merchantAction(
  ({ timeZone }: Scope) => boardFormSchema(timeZone),
  "program.edit",
  async (scope, { boardId, ...board }) => {
    if (boardId === undefined) return { boardId: (await createBoard(scope, board)).id };
    await editBoard(scope, {
      boardId,
      name: board.name,
      graceHours: board.graceHours,
      prizes: board.prizes,
      endsAt: board.endsAt,
    });
    return { boardId };
  },
);

const stateSchema = z.object({
  boardId: z.string().min(1).max(40),
  state: z.enum(["active", "disabled"]),
});

export const switchBoard = merchantAction(
  stateSchema,
  "program.edit",
  async (scope, input): Promise<null> => {
    await setBoardState(scope, input);
    return null;
  },
);
