"use server";

import { z } from "zod";
import { merchantAction } from "@/lib/auth/action";
import {
  discardDraft,
  discardReplay,
  publishReplayed,
  startReplay,
} from "@/lib/pipeline/replay/commands";
import { replayRangeSchema } from "@/lib/pipeline/replay/schema";

const id = z.string().min(1).max(40);
const replaySchema = z.object({ programId: id, replayId: id });

export const runReplay = merchantAction(
  replayRangeSchema.extend({ programId: id }),
  "program.edit",
  (scope, { programId, ...range }) => startReplay(scope, programId, range),
);

export const stopReplay = merchantAction(
  replaySchema,
  "program.edit",
  async (scope, { programId, replayId }) => {
    await discardReplay(scope, programId, replayId);
    return null;
  },
);

export const publishDraft = merchantAction(
  replaySchema,
  "program.edit",
  (scope, { programId, replayId }) => publishReplayed(scope, programId, replayId),
);

export const dropDraft = merchantAction(
  z.object({ programId: id }),
  "program.edit",
  async (scope, { programId }) => {
    await discardDraft(scope, programId);
    return null;
  },
);
