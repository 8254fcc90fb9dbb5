"use client";

import type { ReactNode } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { ConfirmDialog } from "../ui/dialog";

type ConfirmActionProps<T> = {
  action: FormAction<T>;
  /** What the action is about, as the fields of a form. */
  fields: Record<string, string>;
  title: string;
  description: ReactNode;
  confirmLabel: string;
  danger?: boolean;
  /** The button that opens the question. */
  trigger: ReactNode;
};

/** A server action behind a question; a refusal is shown in the dialog. */
export function ConfirmAction<T>({ action, fields, ...dialog }: ConfirmActionProps<T>) {
  const run = async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const result = await action(null, form);
    // A redirect answers nothing.
    return result && !result.ok ? result.message : null;
  };
  return <ConfirmDialog {...dialog} onConfirm={run} />;
}
