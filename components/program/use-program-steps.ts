"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { adminPaths } from "@/lib/merchants/paths";
import { formFields } from "../forms/form-fields";

export type ProgramStepsInput = {
  program: { id: string; name: string };
  /** Sets the program to `state`, a field of the form. */
  setState: FormAction<null>;
  copy: FormAction<{ programId: string }>;
  /** The merchant's, for the page of a copy. */
  slug: string;
};

/** The steps of a program's life, each with its message. Pausing and resuming offer to undo. */
export function useProgramSteps({
  program: { id, name },
  setState,
  copy,
  slug,
}: ProgramStepsInput) {
  const router = useRouter();
  const toast = useToast();
  const [pending, start] = useTransition();

  /** @returns what went wrong; null when nothing did */
  const change = async (state: "live" | "paused" | "ended"): Promise<string | null> => {
    const result = await setState(null, formFields({ programId: id, state }));
    return result.ok ? null : result.message;
  };
  const undoTo = async (state: "live" | "paused") => {
    const problem = await change(state);
    if (problem) toast({ message: problem, tone: "bad" });
  };
  const step = (state: "live" | "paused", message: string) =>
    start(async () => {
      const problem = await change(state);
      if (problem) return toast({ message: problem, tone: "bad" });
      const back = state === "live" ? "paused" : "live";
      toast({ message, tone: "good", undo: { run: () => undoTo(back) } });
    });
  return {
    pending,
    pause: () => step("paused", "Paused. No one new can join."),
    resume: () => step("live", "Live again."),
    end: () => change("ended"),
    duplicate: () =>
      start(async () => {
        const result = await copy(null, formFields({ programId: id }));
        if (!result.ok) return toast({ message: result.message, tone: "bad" });
        toast({ message: `“${name}” copied.`, tone: "good" });
        router.push(adminPaths(slug).programDetails(result.data.programId));
      }),
  };
}
