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

export type CampaignTexts = {
  id: string;
  name: string;
  multiplier: string;
  startsOn: string;
  endsOn: string;
  programId: string | null;
};

type PointsCampaignDialogProps = {
  action: FormAction<{ campaignId: string }>;
  /** Null for a new one. */
  campaign: CampaignTexts | null;
  /** Begun already: only its name and its last day can be changed. */
  running: boolean;
  programs: readonly { id: string; name: string }[];
  /** Today in the merchant's zone. */
  today: string;
  trigger: ReactNode;
};

/** Plans a time in which points count more, or changes one. */
export function PointsCampaignDialog({
  action,
  campaign,
  running,
  programs,
  today,
  trigger,
}: PointsCampaignDialogProps) {
  const toast = useToast();
  return (
    <Dialog
      title={campaign ? `Change “${campaign.name}”` : "Plan a campaign"}
      trigger={trigger}
      description={
        running
          ? "It has begun: what was counted stays. Its name and its last day can still be changed."
          : "What customers earn in this time counts more."
      }
    >
      {(close) => (
        <ActionForm
          action={action}
          onSuccess={() => {
            toast({ message: campaign ? "Campaign saved." : "Campaign planned.", tone: "good" });
            close();
          }}
        >
          {campaign ? <input type="hidden" name="campaignId" value={campaign.id} /> : null}
          <Field name="name" label="Name" hint="Customers see it.">
            <Input
              maxLength={80}
              autoComplete="off"
              placeholder="Double points week"
              defaultValue={campaign?.name}
            />
          </Field>
          {running ? null : (
            <div className="grid gap-4 sm:grid-cols-2">
              <Field name="multiplier" label="Points count">
                <Input
                  inputMode="decimal"
                  autoComplete="off"
                  suffix="times"
                  defaultValue={campaign?.multiplier ?? "2"}
                />
              </Field>
              {programs.length > 1 ? (
                <Field name="programId" label="In">
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
              <Field name="endsOn" label="Last day">
                <Input type="date" min={today} defaultValue={campaign?.endsOn} />
              </Field>
            </div>
          )}
          {running ? (
            <Field name="endsOn" label="Last day" className="sm:max-w-56">
              <Input type="date" min={today} defaultValue={campaign?.endsOn} />
            </Field>
          ) : null}
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton variant="primary">{campaign ? "Save" : "Plan it"}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}
