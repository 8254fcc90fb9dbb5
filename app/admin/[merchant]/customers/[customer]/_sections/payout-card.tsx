import { ConfirmAction } from "@/components/forms/confirm-action";
import { DESTINATION_LABELS } from "@/components/reward/payouts/destination";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Button } from "@/components/ui/controls/button";
import { scopeAllows, type Scope } from "@/lib/merchants/scope";
import { destinationForStaff } from "@/lib/rewards/destinations/queries/destination";
import { removePayoutDetails } from "../../actions";

type PayoutCardProps = { scope: Scope; customerId: string };

/** Where a customer's cash goes, masked; nothing for who gave no details. */
export async function PayoutCard({ scope, customerId }: PayoutCardProps) {
  const destination = await destinationForStaff(scope, customerId);
  if (!destination) return null;
  const { kind, masked, isUsable, isAllowed, usableFrom } = destination;
  return (
    <Card>
      <CardHeader
        title="Payout details"
        actions={
          scopeAllows(scope, "payout.manage") ? (
            <ConfirmAction
              action={removePayoutDetails.bind(null, scope.merchantSlug)}
              fields={{ customerId }}
              title="Remove these payout details?"
              danger
              description={
                "For when the customer did not enter them. Nothing is paid out until they enter " +
                "new ones; they are told by email."
              }
              confirmLabel="Remove"
              trigger={<Button size="sm">Remove…</Button>}
            />
          ) : null
        }
      />
      <p className="mt-2 text-sm">
        {DESTINATION_LABELS[kind]}{" "}
        <span className="figure text-ink-muted">{masked ?? "can’t be read any more"}</span>
      </p>
      {!isAllowed ? (
        <p className="mt-1 text-[0.8125rem] text-ink-muted">Your shop no longer pays this way.</p>
      ) : !isUsable ? (
        <p className="mt-1 text-[0.8125rem] text-ink-muted">
          Changed lately: payouts include it from{" "}
          <DateTime value={usableFrom} timeZone={scope.timeZone} look="dateTime" />.
        </p>
      ) : null}
    </Card>
  );
}
