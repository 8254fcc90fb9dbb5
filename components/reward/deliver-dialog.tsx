"use client";

import type { ReactNode } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { useToast } from "@/components/ui/overlays/toast";

export type Delivered = { done: number; skipped: { rewardId: string; why: string }[] };

type DeliverDialogProps = {
  action: FormAction<Delivered>;
  rewardIds: readonly string[];
  /** What is handed over, in words. */
  what: string;
  note?: string | null;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  onDone?: () => void;
};

/** Marks what was ticked as handed over, with a note that its owners read. */
export function DeliverDialog({
  action,
  rewardIds,
  what,
  note,
  onDone,
  ...dialog
}: DeliverDialogProps) {
  const toast = useToast();
  const many = rewardIds.length > 1;
  // Said here and not after a render: what was handed over leaves the list, and this dialog with
  // it.
  const handOver: FormAction<Delivered> = async (previous, form) => {
    const result = await action(previous, form);
    if (result.ok) {
      const { done, skipped } = result.data;
      const words =
        done === 0
          ? "Nothing was waiting any more."
          : done === 1
            ? "Marked as handed over."
            : `${done} marked as handed over.`;
      const rest =
        skipped.length > 0 && done > 0
          ? ` ${skipped.length} ${skipped.length === 1 ? "was" : "were"} not waiting any more.`
          : "";
      toast({ message: `${words}${rest}`, tone: done > 0 ? "good" : "bad" });
      onDone?.();
    }
    return result;
  };
  return (
    <Dialog
      title={many ? `Hand over ${rewardIds.length} rewards` : "Hand over"}
      description={`${what}. ${many ? "Their owners are" : "Its owner is"} told by mail.`}
      {...dialog}
    >
      {(close) => (
        <ActionForm action={handOver} onSuccess={close}>
          {rewardIds.map((id) => (
            <input key={id} type="hidden" name="rewardIds[]" value={id} />
          ))}
          <Field
            name="note"
            label="Note"
            optional
            hint={
              many
                ? "All of them read it: a date, a place."
                : "They read it: a tracking number, a seat."
            }
          >
            <Input maxLength={300} autoComplete="off" defaultValue={note ?? ""} autoFocus />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>Mark as handed over</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
