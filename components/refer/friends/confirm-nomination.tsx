"use client";

import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";

type ConfirmNominationProps = {
  action: FormAction;
  nominationId: string;
  words: { lead: string; yes: string; no: string };
};

/** Yes or no to a friend who says that the reader told them. */
export function ConfirmNomination({ action, nominationId, words }: ConfirmNominationProps) {
  return (
    <ActionForm action={action} className="gap-3">
      <input type="hidden" name="nominationId" value={nominationId} />
      <p className="text-sm/6">{words.lead}</p>
      <div className="flex gap-2">
        <SubmitButton variant="primary" name="answer" value="yes">
          {words.yes}
        </SubmitButton>
        <SubmitButton variant="secondary" name="answer" value="no">
          {words.no}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
