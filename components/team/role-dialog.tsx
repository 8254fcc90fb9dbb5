"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Dialog } from "@/components/ui/overlays/dialog";

type RoleDialogProps = {
  action: FormAction<void>;
  userId: string;
  name: string;
  role: string;
  roles: readonly { value: string; label: string; hint: string }[];
  /** What changes with the role beside it. */
  note: string | undefined;
};

/** Changes the role of a member. */
export function RoleDialog({ action, userId, name, role, roles, note }: RoleDialogProps) {
  return (
    <Dialog
      title={`Change role of ${name}`}
      trigger={
        <Button size="sm" aria-label={`Change the role of ${name}`}>
          Change role
        </Button>
      }
    >
      {(close) => (
        <ActionForm action={action} onSuccess={close}>
          <input type="hidden" name="userId" value={userId} />
          <RadioGroup
            name="role"
            legend="Role"
            hideLegend
            look="list"
            choices={roles}
            defaultValue={role}
          />
          {note ? <p className="text-sm text-ink-muted">{note}</p> : null}
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>Save</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
