import { ConfirmAction } from "@/components/forms/confirm-action";
import { Badge } from "@/components/ui/content/badge";
import { DateTime } from "@/components/ui/content/display";
import { Button } from "@/components/ui/controls/button";
import type { FormAction } from "@/lib/core/action-result";
import type { KeyRow } from "@/lib/customers/queries/keys";
import { type KeyKind, keyProofWords } from "@/lib/customers/rules/keys";

/** What decides about a key; null for members who may not. */
type KeyActions = { confirm: FormAction<void>; takeOff: FormAction<void> } | null;

type KeyListProps = { keys: readonly KeyRow[]; timeZone: string; actions: KeyActions };

const KINDS: Record<KeyKind, string> = { id: "Your ID", email: "Email", phone: "Phone" };

const LOST: Record<KeyKind, string> = {
  id: "Events with this ID no longer belong to this customer, and its sessions end.",
  email: "Emails no longer go to this address, it no longer signs anyone in, and its sessions end.",
  phone: "It no longer suggests that two records are the same person.",
};

/** What identifies a customer and what it rests on, to decide about where nobody vouches. */
export function KeyList({ keys, timeZone, actions }: KeyListProps) {
  return (
    <ul className="flex flex-col gap-4">
      {keys.map((key) => (
        <li key={`${key.kind} ${key.value}`} className="flex flex-col items-start gap-1.5 text-sm">
          <span className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
            <span className="text-ink-muted">{KINDS[key.kind]}</span>
            <span className="font-medium [overflow-wrap:anywhere]">{key.said}</span>
            {key.isCurrent ? null : <Badge>Earlier</Badge>}
            {key.doubtedAt ? <Badge tone="warn">To confirm</Badge> : null}
          </span>
          <span className="text-[0.8125rem]/5 text-ink-muted">
            <Resting on={key} timeZone={timeZone} />
          </span>
          {actions && (key.doubtedAt !== null || key.provenBy === null) ? (
            <Deciding on={key} actions={actions} />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Resting({ on, timeZone }: { on: KeyRow; timeZone: string }) {
  const { provenBy, provenAt, firstSeenAt, doubtedAt } = on;
  return (
    <>
      {keyProofWords(provenBy)},{" "}
      <DateTime value={provenAt ?? firstSeenAt} timeZone={timeZone} look="date" />.
      {doubtedAt
        ? " A web page named this ID and email together, and nobody has vouched for both."
        : null}
    </>
  );
}

function Deciding({ on, actions }: { on: KeyRow; actions: NonNullable<KeyActions> }) {
  const { customerId, kind, value, said } = on;
  const fields = { customerId, kind, value };
  return (
    <span className="flex flex-wrap gap-2">
      <ConfirmAction
        action={actions.confirm}
        fields={fields}
        title={`Does ${said} belong to this customer?`}
        description="Confirm it only if you know: whoever has it can sign in as this customer."
        confirmLabel="Confirm"
        trigger={
          <Button size="sm" aria-label={`Confirm ${said}`}>
            Confirm…
          </Button>
        }
      />
      <ConfirmAction
        action={actions.takeOff}
        fields={fields}
        title={`Remove ${said} from this customer?`}
        description={`${LOST[kind]} Orders, rewards and referrals stay.`}
        confirmLabel="Remove"
        danger
        trigger={
          <Button size="sm" variant="quiet" aria-label={`Remove ${said}`}>
            Remove…
          </Button>
        }
      />
    </span>
  );
}
