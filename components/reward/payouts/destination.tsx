import { Badge } from "@/components/ui/content/badge";
import type { DestinationKind } from "@/lib/merchants/schema";
import type { PayoutPerson } from "@/lib/rewards/payouts/queries/people";

/** What the dashboard calls the ways to be paid. */
export const DESTINATION_LABELS: Record<DestinationKind, string> = {
  iban: "Bank account",
  paypal: "PayPal",
  other: "Another way",
};

/** Where somebody's cash goes, masked. */
export function Destination({ destination }: Pick<PayoutPerson, "destination">) {
  if (!destination) return <span className="text-ink-muted">Not asked</span>;
  const { kind, masked, isFormer } = destination;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="[overflow-wrap:anywhere]">
        {DESTINATION_LABELS[kind]}{" "}
        <span className="figure text-ink-muted">{masked ?? "can’t be read"}</span>
      </span>
      {isFormer ? <Badge tone="warn">Changed since</Badge> : null}
    </span>
  );
}
