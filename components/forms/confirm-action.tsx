"use client";

import type { ReactNode } from "react";
import type { ActionResult } from "@/lib/core/action-result";
import { ConfirmDialog } from "@/components/ui/overlays/dialog";

type ConfirmActionProps = {
  /** A `FormAction` of whatever answer. */
  action: (previous: null, form: FormData) => Promise<ActionResult<unknown>>;
  /** What the action is about, as the fields of a form. */
  fields: Record<string, string>;
  title: string;
  description: ReactNode;
  confirmLabel: string;
  danger?: boolean;
  /** The button that opens the question. */
  trigger: ReactNode;
};

/** A server action behind a confirmation; a refusal is shown in the dialog. */
export function ConfirmAction({ action, fields, ...dialog }: ConfirmActionProps) {
  const run = async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const result = await action(null, form);
    // A redirect answers nothing.
    return result && !result.ok ? result.message : null;
  };
  return <ConfirmDialog {...dialog} onConfirm={run} />;
}
