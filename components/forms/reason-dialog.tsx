"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/controls/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Textarea } from "@/components/ui/controls/input";
import { type ToastMessage, useToast } from "@/components/ui/overlays/toast";
import { ActionForm } from "./action-form";
import { SubmitButton } from "./submit-button";
import type { FormAction } from "@/lib/core/action-result";

type ReasonDialogProps<T> = {
  action: FormAction<T>;
  /** What the action is about, sent along unseen; a list sends its name for each. */
  fields: Record<string, string | readonly string[]>;
  title: string;
  description: ReactNode;
  /** Who will read the reason. */
  hint: string;
  confirmLabel: string;
  /** Shown once it is done: the words, or what they are made of. */
  done: string | ((data: T) => ToastMessage);
  undo?: () => Promise<void>;
  /** Whether it takes something from someone, which most decisions do. */
  isDanger?: boolean;
  trigger: ReactNode;
};

/** Asks for the reason of a decision, which goes on record. */
export function ReasonDialog<T = null>({
  action,
  fields,
  title,
  description,
  hint,
  confirmLabel,
  done,
  undo,
  isDanger = true,
  trigger,
}: ReasonDialogProps<T>) {
  const toast = useToast();
  // Shown here and not after a render, because the decision may remove this button from the page.
  const decide: FormAction<T> = async (previous, form) => {
    const result = await action(previous, form);
    if (result.ok) {
      const said = typeof done === "string" ? { message: done } : done(result.data);
      toast({ tone: "good", ...(undo && { undo: { run: undo } }), ...said });
    }
    return result;
  };
  return (
    <Dialog title={title} description={description} trigger={trigger}>
      {(close) => (
        <ActionForm action={decide} onSuccess={close}>
          {Object.entries(fields).flatMap(([name, values]) =>
            [values]
              .flat()
              .map((value) => (
                <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
              )),
          )}
          <Field name="reason" label="Reason" hint={hint}>
            <Textarea rows={3} maxLength={300} className="min-h-20" autoFocus />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton variant={isDanger ? "danger" : "primary"}>{confirmLabel}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
