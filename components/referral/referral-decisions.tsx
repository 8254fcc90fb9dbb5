"use client";

import { ActionButton } from "../forms/action-button";
import { ReasonDialog } from "../forms/reason-dialog";
import { Button } from "@/components/ui/controls/button";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";

type ReferralDecisionsProps = {
  referralId: string;
  /** What this referral's state allows. */
  may: { approve: boolean; reject: boolean; undo: boolean };
  approve: FormAction<null>;
  reject: FormAction<null>;
  undo: FormAction<null>;
};

/** What a member can decide about a referral; a rejection can be undone at once or later. */
export function ReferralDecisions({
  referralId,
  may,
  approve,
  reject,
  undo,
}: ReferralDecisionsProps) {
  const toast = useToast();
  const fields = { referralId };
  const undoAtOnce = async () => {
    const form = new FormData();
    form.set("referralId", referralId);
    const result = await undo(null, form);
    toast(
      result.ok
        ? { message: "Rejection undone.", tone: "good" }
        : { message: result.message, tone: "bad" },
    );
  };
  return (
    <>
      {may.undo ? (
        <ActionButton action={undo} fields={fields} done="Rejection undone.">
          Undo rejection
        </ActionButton>
      ) : null}
      {may.reject ? (
        <ReasonDialog
          action={reject}
          fields={fields}
          title="Reject this referral?"
          description="Its rewards are voided or reversed on both sides. You can undo this later."
          hint="Recorded for your team. Customers don’t see it."
          confirmLabel="Reject"
          done="Referral rejected."
          undo={undoAtOnce}
          trigger={<Button>Reject…</Button>}
        />
      ) : null}
      {may.approve ? (
        <ActionButton action={approve} fields={fields} done="Referral approved." variant="primary">
          Approve
        </ActionButton>
      ) : null}
    </>
  );
}
