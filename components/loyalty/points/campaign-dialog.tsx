"use client";

import type { ReactNode } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";

/** A campaign as its form shows it. */
export type CampaignTexts = {
  id: string;
  name: string;
  multiplier: string;
  startsOn: string;
  endsOn: string;
  programId: string | null;
};

type CampaignDialogProps = {
  action: FormAction<{ campaignId: string }>;
  /** Null for a new one. */
  campaign: CampaignTexts | null;
  /** Already started: only its name and its last day can be changed. */
  running: boolean;
  programs: readonly { id: string; name: string }[];
  /** Today in the merchant's zone. */
  today: string;
  trigger: ReactNode;
};

/** Plans a campaign, or changes one. */
export function CampaignDialog({
  action,
  campaign,
  running,
  programs,
  today,
  trigger,
}: CampaignDialogProps) {
  const toast = useToast();
  return (
    <Dialog
      title={campaign ? `Edit “${campaign.name}”` : "Plan a campaign"}
      trigger={trigger}
      description={
        running
          ? "This campaign is running. You can change its name and its last day."
          : "During a campaign, customers earn more points."
      }
    >
      {(close) => (
        <ActionForm
          action={action}
          watched="fields"
          onSuccess={() => {
            toast({ message: campaign ? "Campaign saved." : "Campaign planned.", tone: "good" });
            close();
          }}
        >
          {campaign ? <input type="hidden" name="campaignId" value={campaign.id} /> : null}
          <Field name="name" label="Name" hint="Visible to customers.">
            <Input
              maxLength={80}
              autoComplete="off"
              placeholder="Double points week"
              defaultValue={campaign?.name}
            />
          </Field>
          <CampaignFields {...{ campaign, running, programs, today }} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton variant="primary">{campaign ? "Save" : "Plan campaign"}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}

function CampaignFields({
  campaign,
  running,
  programs,
  today,
}: Pick<CampaignDialogProps, "campaign" | "running" | "programs" | "today">) {
  const lastDay = (
    <Field name="endsOn" label="Last day" className={running ? "sm:max-w-56" : undefined}>
      <Input type="date" min={today} defaultValue={campaign?.endsOn} />
    </Field>
  );
  if (running) return lastDay;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="multiplier" label="Points multiplier">
        <Input
          inputMode="decimal"
          autoComplete="off"
          suffix="×"
          defaultValue={campaign?.multiplier ?? "2"}
        />
      </Field>
      {programs.length > 1 ? (
        <Field name="programId" label="Program">
          <Select
            defaultValue={campaign?.programId ?? "all"}
            options={[
              { value: "all", label: "All programs" },
              ...programs.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Field>
      ) : null}
      <Field name="startsOn" label="First day">
        <Input type="date" min={today} defaultValue={campaign?.startsOn ?? today} />
      </Field>
      {lastDay}
    </div>
  );
}
