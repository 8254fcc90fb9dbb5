"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { Button } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { CopyField } from "@/components/ui/controls/copy-button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";

type NewKeyDialogProps = { action: FormAction<{ id: string; key: string }>; testMode: boolean };

const KINDS = [
  {
    value: "secret",
    label: "Secret",
    hint: "For your server, with full API access. Keep it out of browsers and repositories.",
  },
  {
    value: "publishable",
    label: "Publishable",
    hint: "For browsers. It can only send events and read public program data.",
  },
];

/** Creates a key and shows it, once. */
export function NewKeyDialog({ action, testMode }: NewKeyDialogProps) {
  const [made, setMade] = useState<{ id: string; key: string } | null>(null);
  return (
    <Dialog
      title={made ? "Your new key" : testMode ? "New test key" : "New API key"}
      trigger={
        <Button variant="primary" icon={<KeyRound aria-hidden="true" />}>
          New key
        </Button>
      }
      onOpenChange={(open) => !open && setMade(null)}
    >
      {(close) =>
        made ? (
          <div className="flex flex-col gap-5">
            <Alert tone="warn" title="Copy it now">
              This key is shown only once and can’t be recovered.
            </Alert>
            <CopyField name="API key" value={made.key} label="Copy key" variant="primary" />
            <p className="text-[0.8125rem]/5 text-ink-muted">
              ID: <code className="font-mono break-all">{made.id}</code>
            </p>
            <div className="flex justify-end">
              <Button onClick={close}>Done</Button>
            </div>
          </div>
        ) : (
          <ActionForm action={action} onSuccess={setMade}>
            <Field name="label" label="Name" required hint="Such as “Shop backend”.">
              <Input autoComplete="off" maxLength={60} />
            </Field>
            <RadioGroup
              name="kind"
              legend="Type"
              look="list"
              choices={KINDS}
              defaultValue="secret"
            />
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={close}>Cancel</Button>
              <SubmitButton>Create key</SubmitButton>
            </div>
          </ActionForm>
        )
      }
    </Dialog>
  );
}
