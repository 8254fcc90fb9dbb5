import { isManual, deliveryOf } from "@/lib/terms/kinds/benefits";
import { personName } from "@/components/customer/person";
import { ReasonDialog } from "@/components/forms/reason-dialog";
import { DeliverDialog } from "@/components/reward/deliver-dialog";
import { NoteDialog } from "@/components/reward/note-dialog";
import { waitsForDelivery } from "@/components/reward/reward-state";
import { rewardWorth } from "@/components/reward/worth";
import { Button } from "@/components/ui/controls/button";
import type { Receipt } from "@/lib/rewards/queries/rewards";
import {
  markDelivered,
  release,
  saveNote,
  undoDelivered,
  undoDeliveredMany,
  voidOrReverse,
} from "../../actions";
import { ownerOf } from "./details";

/** What a member can do with a reward in its state. */
export function RewardActions({ reward, slug }: { reward: Receipt; slug: string }) {
  const { id, state } = reward;
  const isHeld = state === "held";
  const isReversible = isHeld || state === "available" || state === "issued";
  const isDelivered = isManual(reward.terms.benefit);
  return (
    <>
      {isHeld && !reward.underReview ? (
        <ReasonDialog
          action={release.bind(null, slug)}
          fields={{ rewardId: id }}
          title="Release this reward now?"
          description="Its hold ends at once, and its owner is emailed. Refunds still reverse it."
          hint="Recorded in the audit log."
          confirmLabel="Release"
          isDanger={false}
          done="Reward released."
          trigger={<Button variant="primary">Release now…</Button>}
        />
      ) : null}
      {isReversible ? (
        <ReasonDialog
          action={voidOrReverse.bind(null, slug)}
          fields={{ rewardId: id }}
          title={isHeld ? "Void this reward?" : "Reverse this reward?"}
          description="It takes effect at once, and its owner is emailed. You can’t undo this."
          hint="It goes on record, and the reward’s owner can read it."
          confirmLabel={isHeld ? "Void" : "Reverse"}
          done={isHeld ? "Reward voided." : "Reward reversed."}
          trigger={<Button>{isHeld ? "Void reward…" : "Reverse reward…"}</Button>}
        />
      ) : null}
      {isDelivered && state === "used" && reward.payoutId === null ? (
        <ReasonDialog
          action={undoDelivered.bind(null, slug)}
          fields={{ rewardId: id }}
          title="Undo the delivery?"
          description="The reward will wait for delivery again."
          hint="Recorded in the audit log."
          confirmLabel="Undo delivery"
          done="The reward is waiting for delivery again."
          trigger={<Button>Undo…</Button>}
        />
      ) : null}
      <DeliveryActions reward={reward} slug={slug} />
    </>
  );
}

/** What can be done about a gift, an event place or a donation that the team delivers. */
function DeliveryActions({ reward, slug }: { reward: Receipt; slug: string }) {
  const { id, state } = reward;
  const isDelivered = isManual(reward.terms.benefit);
  return (
    <>
      {isDelivered && (state === "available" || state === "used") ? (
        <NoteDialog
          action={saveNote.bind(null, slug)}
          rewardId={id}
          note={reward.note}
          trigger={<Button>{reward.note ? "Edit note" : "Add note"}</Button>}
        />
      ) : null}
      {waitsForDelivery(reward) ? (
        <DeliverDialog
          action={markDelivered.bind(null, slug)}
          undo={undoDeliveredMany.bind(null, slug)}
          rewardIds={[id]}
          note={reward.note}
          what={`${rewardWorth(reward)} for ${personName(ownerOf(reward))}`}
          trigger={
            <Button variant="primary">
              {deliveryOf(reward.terms.benefit) === "payout"
                ? "Mark as paid…"
                : "Mark as delivered…"}
            </Button>
          }
        />
      ) : null}
    </>
  );
}
