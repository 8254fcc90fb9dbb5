import { z } from "zod";

export const PROGRAM_STATES = ["draft", "live", "paused", "ended"] as const;
export type ProgramState = (typeof PROGRAM_STATES)[number];

export const programNameSchema = z.string().trim().min(1, "Give the program a name.").max(80);
