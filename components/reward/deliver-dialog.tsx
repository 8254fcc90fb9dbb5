"use client";

import type { ReactNode } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { undoing } from "@/components/forms/undoing";
import { useToast } from "@/components/ui/overlays/toast";

export type Delivered = { done: number; skipped: { rewardId: string; why: string }[] };

type DeliverDialogProps = {
  action: FormAction<Delivered>;
  /** Undoes what was just marked; offered with the message that says so. */
  undo: FormAction<null>;
  rewardIds: readonly string[];
  /** What is delivered, in words. */
  what: string;
  note?: string | null;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  onDone?: () => void;
};

/** Marks rewards as delivered, with a note that their owners read. */
export function DeliverDialog({
  action,
  undo,
  rewardIds,
  what,
  note,
  onDone,
  ...dialog
}: DeliverDialogProps) {
  const toast = useToast();
  const many = rewardIds.length > 1;
  // The toast comes from here and not after a render: a delivered reward leaves the list, and this
  // dialog with it.
  const deliver: FormAction<Delivered> = async (previous, form) => {
    const result = await action(previous, form);
    if (result.ok) {
      const left = new Set(result.data.skipped.map(({ rewardId }) => rewardId));
      const marked = rewardIds.filter((id) => !left.has(id));
      toast({
        message: wordsOf(result.data),
        tone: marked.length > 0 ? "good" : "bad",
        ...(marked.length > 0 && {
          undo: undoing(undo, "rewardIds[]", marked, toast, "Waiting for delivery again."),
        }),
      });
      onDone?.();
    }
    return result;
  };
  return (
    <Dialog
      title={many ? `Mark ${rewardIds.length} rewards as delivered` : "Mark as delivered"}
      description={`${what}. We’ll email ${many ? "their owners" : "its owner"}.`}
      {...dialog}
    >
      {(close) => (
        <ActionForm action={deliver} onSuccess={close}>
          {rewardIds.map((id) => (
            <input key={id} type="hidden" name="rewardIds[]" value={id} />
          ))}
          <Field
            name="note"
            label="Note"
            optional
            hint={
              many
                ? "For all of them to read: a date, a place."
                : "For the customer to read: a tracking number, a seat."
            }
          >
            <Input maxLength={300} autoComplete="off" defaultValue={note ?? ""} autoFocus />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>Mark as delivered</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}

function wordsOf({ done, skipped }: Delivered): string {
  if (done === 0) return "Nothing was waiting for delivery any more.";
  const words = done === 1 ? "Marked as delivered." : `${done} marked as delivered.`;
  if (skipped.length === 0) return words;
  return `${words} ${skipped.length} ${skipped.length === 1 ? "was" : "were"} no longer waiting.`;
}
