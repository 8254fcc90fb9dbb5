"use client";

import { type ComponentProps, useTransition } from "react";
import { Button } from "@/components/ui/controls/button";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";

type ActionButtonProps = Omit<ComponentProps<typeof Button>, "onClick" | "pending"> & {
  action: FormAction<null>;
  /** What the action is about, as the fields of a form. */
  fields: Record<string, string>;
  /** Shown once it is done; a refusal is shown in its own words. */
  done: string;
};

/** A server action behind a button, for what can easily be repeated or undone. */
export function ActionButton({ action, fields, done, ...props }: ActionButtonProps) {
  const toast = useToast();
  const [pending, start] = useTransition();
  const run = () =>
    start(async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const result = await action(null, form);
      toast(result.ok ? { message: done, tone: "good" } : { message: result.message, tone: "bad" });
    });
  return <Button {...props} pending={pending} onClick={run} />;
}
