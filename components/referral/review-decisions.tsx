"use client";

import { type ReactNode, useRef, useTransition } from "react";
import { ReasonDialog } from "@/components/forms/reason-dialog";
import { formOf, undoing } from "@/components/forms/undoing";
import { Button } from "@/components/ui/controls/button";
import {
  SelectBox,
  type Selection,
  SelectionBar,
  useSelection,
} from "@/components/ui/list/selection";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";

/** What came of a decision on several: whom it was about, and how many were no longer open. */
type Decided = { done: string[]; skipped: number };

export type ReviewActions = {
  approve: FormAction<Decided>;
  reject: FormAction<Decided>;
  undoReject: FormAction<Decided>;
};

/** A referral that waits, as the page shows it. */
type ReviewItem = { id: string; name: string; shown: ReactNode };

type ReviewDecisionsProps = { items: ReviewItem[]; actions: ReviewActions | null };

const FIELD = "referralIds[]";

/** Referrals to decide on, several at once; a rejection can be undone where it is told. */
export function ReviewDecisions({ items, actions }: ReviewDecisionsProps) {
  const list = useRef<HTMLDivElement>(null);
  const ids = items.map(({ id }) => id);
  const selection = useSelection(ids, list, () => {});
  return (
    <div ref={list}>
      {actions ? (
        <SelectionBar count={items.length} selection={selection}>
          <Decisions actions={actions} selection={selection} />
        </SelectionBar>
      ) : null}
      <ol aria-label="Referrals to review" className="divide-y divide-line">
        {items.map(({ id, name, shown }) => (
          <li key={id} className="flex gap-3 p-5">
            {actions ? <SelectBox id={id} name={name} selection={selection} /> : null}
            <div className="min-w-0 flex-1">{shown}</div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Decisions({ actions, selection }: { actions: ReviewActions; selection: Selection }) {
  const toast = useToast();
  const [pending, start] = useTransition();
  const { chosen, selectAll } = selection;
  const approve = () =>
    start(async () => {
      const result = await actions.approve(null, formOf(FIELD, chosen));
      if (!result.ok) return toast({ message: result.message, tone: "bad" });
      selectAll(false);
      toast({ message: words(result.data, "approved"), tone: "good" });
    });
  return (
    <>
      {chosen.length === 0 ? (
        <Button size="sm" disabled>
          Reject…
        </Button>
      ) : (
        <ReasonDialog
          action={actions.reject}
          fields={{ [FIELD]: chosen }}
          title={
            chosen.length === 1 ? "Reject this referral?" : `Reject ${chosen.length} referrals?`
          }
          description="Their rewards are voided or reversed on both sides. You can undo this later."
          hint="Recorded for your team. Customers don’t see it."
          confirmLabel="Reject"
          done={(decided) => ({
            message: words(decided, "rejected"),
            undo: undoing(actions.undoReject, FIELD, decided.done, toast, "Rejection undone."),
          })}
          trigger={<Button size="sm">Reject…</Button>}
        />
      )}
      <Button
        size="sm"
        variant="primary"
        disabled={chosen.length === 0}
        pending={pending}
        onClick={approve}
      >
        Approve
      </Button>
    </>
  );
}

/** "3 approved. 1 was decided meanwhile." */
function words({ done, skipped }: Decided, what: string): string {
  const rest = skipped === 1 ? " 1 was decided meanwhile." : ` ${skipped} were decided meanwhile.`;
  return `${done.length} ${what}.${skipped > 0 ? rest : ""}`;
}
