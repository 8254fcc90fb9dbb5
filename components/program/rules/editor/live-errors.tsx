"use client";

import type { ReactNode } from "react";
import { FormContext, useFormState } from "@/components/ui/controls/form-context";
import { type Problem } from "@/lib/terms/form";

type LiveErrorsProps = {
  /** What is wrong in the form as it stands now. */
  problems: readonly Problem[];
  /** It stands as it was sent: what only the server knows holds still. */
  asSent: boolean;
  children: ReactNode;
};

/**
 * What the server refused, as long as it is wrong: a message goes when its field is mended, not at
 * the next try.
 */
export function LiveErrors({ problems, asSent, children }: LiveErrorsProps) {
  const { fieldErrors, pending } = useFormState();
  const now = new Map(problems.map(({ path, message }) => [path, message]));
  const shown = Object.entries(fieldErrors).flatMap(([path, message]) =>
    asSent ? [[path, message]] : now.has(path) ? [[path, now.get(path)!]] : [],
  );
  return (
    <FormContext value={{ fieldErrors: Object.fromEntries(shown), pending }}>
      {children}
    </FormContext>
  );
}
