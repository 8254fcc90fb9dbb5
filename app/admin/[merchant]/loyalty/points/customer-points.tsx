import { RedemptionTable } from "@/components/loyalty/catalogue/redemption-table";
import { pointsText } from "@/components/loyalty/words";
import { PointsLots } from "@/components/loyalty/points/points-lots";
import { TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { dateTimeText } from "@/components/ui/format";
import { withQuery } from "@/lib/core/query-string";
import { listRedemptions } from "@/lib/loyalty/catalogue/queries";
import { pointsOf } from "@/lib/loyalty/points/queries/customer-points";
import type { AdminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { cancelByStaff } from "../catalogue/actions";

type CustomerPointsProps = { scope: Scope; customerId: string; admin: AdminPaths };

/**
 * A customer's points, for staff: balance, lots with their expiry, and redemptions. Nothing where
 * they have none.
 */
export async function CustomerPoints({ scope, customerId, admin }: CustomerPointsProps) {
  const [balance, redemptions] = await Promise.all([
    pointsOf(scope, customerId),
    listRedemptions(scope, { customer: customerId, limit: 10 }),
  ]);
  const { points, owed, pending, pendingSum, lots } = balance;
  if (points === 0n && owed === 0n && pendingSum === 0n && redemptions.rows.length === 0)
    return null;
  const next = pending[0];
  const day = (at: Date) =>
    dateTimeText(at, { locale: "en", timeZone: scope.timeZone, look: "date" });
  const facts = [
    `${pointsText(points)} to spend`,
    ...(pendingSum > 0n
      ? [`${pointsText(pendingSum)} on hold${next ? `, next release ${day(next.heldUntil)}` : ""}`]
      : []),
    ...(owed > 0n ? [`${pointsText(owed)} owed after a refund, withheld from future points`] : []),
  ];
  return (
    <Card flush>
      <CardHeader
        title="Points"
        description={`${facts.join(" · ")}.`}
        className="px-5 pt-5 pb-3"
        actions={
          redemptions.nextCursor ? (
            <TextLink
              className="text-sm"
              href={withQuery(admin.redemptions, { customer: customerId })}
            >
              All redemptions
            </TextLink>
          ) : null
        }
      />
      {lots.length > 0 ? <PointsLots lots={lots} timeZone={scope.timeZone} /> : null}
      {redemptions.rows.length > 0 ? (
        <div className={lots.length > 0 ? "border-t border-line" : undefined}>
          <RedemptionTable
            rows={redemptions.rows}
            admin={admin}
            timeZone={scope.timeZone}
            without={["customer"]}
            cancel={
              scopeAllows(scope, "reward.decide")
                ? cancelByStaff.bind(null, scope.merchantSlug)
                : null
            }
          />
        </div>
      ) : null}
    </Card>
  );
}
