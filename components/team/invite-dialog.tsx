"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { CopyField } from "@/components/ui/controls/copy-button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";

/** `isEmailed` is false where the address has had too many invitations lately. */
type Invited = { url: string; email: string; isEmailed: boolean };

type InviteDialogProps = {
  action: FormAction<Invited>;
  /** The roles that this member may give. */
  roles: readonly { value: string; label: string; hint: string }[];
  /** False without an email server: then the member sends the link themselves. */
  sendsEmail: boolean;
};

/** Invites someone, then shows the link once. */
export function InviteDialog({ action, roles, sendsEmail }: InviteDialogProps) {
  const [invited, setInvited] = useState<Invited | null>(null);
  return (
    <Dialog
      title={invited ? "Invitation ready" : "Invite to the team"}
      trigger={
        <Button variant="primary" icon={<UserPlus aria-hidden="true" />}>
          Invite
        </Button>
      }
      onOpenChange={(open) => !open && setInvited(null)}
    >
      {(close) =>
        invited ? (
          <div className="flex flex-col gap-5">
            <p className="text-sm">
              {howItGetsThere(invited, sendsEmail)} It’s shown only once and works once, for 7 days.
            </p>
            <CopyField
              name="Invitation link"
              value={invited.url}
              label="Copy link"
              variant="primary"
            />
            <div className="flex justify-end">
              <Button onClick={close}>Done</Button>
            </div>
          </div>
        ) : (
          <ActionForm action={action} onSuccess={setInvited}>
            <Field name="email" label="Email" required>
              <Input type="email" autoComplete="off" />
            </Field>
            <RadioGroup
              name="role"
              legend="Role"
              look="list"
              choices={roles}
              defaultValue={roles.at(-1)?.value}
            />
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={close}>Cancel</Button>
              <SubmitButton>Invite</SubmitButton>
            </div>
          </ActionForm>
        )
      }
    </Dialog>
  );
}

function howItGetsThere({ email, isEmailed }: Invited, sendsEmail: boolean): string {
  if (!sendsEmail) return `No email server is set up, so send this link to ${email} yourself.`;
  return isEmailed
    ? `We’ve emailed ${email}. You can also send them this link.`
    : `${email} has had many invitations today, so we held back this email. ` +
        "Send them the link yourself.";
}
