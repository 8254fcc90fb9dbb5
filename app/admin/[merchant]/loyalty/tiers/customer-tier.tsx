import { BadgeMedal } from "@/components/loyalty/badges/badge-medal";
import { thresholdText } from "@/components/loyalty/tiers/tier-words";
import { TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { type Definition, DefinitionList } from "@/components/ui/content/definition-list";
import { DateTime } from "@/components/ui/content/display";
import { localized } from "@/lib/core/i18n/localized";
import { customerBadges } from "@/lib/loyalty/badges/queries/badges";
import {
  type CustomerTiers,
  customerTiers,
  tierHistory,
  type TierStepRow,
} from "@/lib/loyalty/tiers/queries/customer-tier";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";

/**
 * A customer's tier for staff: how long they keep it, what the next one takes, its latest changes,
 * and their badges.
 */
export async function CustomerTierCard({
  scope,
  customerId,
  admin,
}: {
  scope: Scope;
  customerId: string;
  admin: AdminPaths;
}) {
  const [tiers, badges, history] = await Promise.all([
    customerTiers(scope, customerId),
    customerBadges(scope, customerId, { withProgress: false }),
    tierHistory(scope, customerId, 5),
  ]);
  const earned = badges.filter(({ award }) => award !== null);
  if (!tiers && earned.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Tier and badges"
        className="mb-4"
        actions={
          <TextLink className="text-sm" href={admin.tiers}>
            Tiers
          </TextLink>
        }
      />
      <div className="flex flex-col gap-4">
        {tiers ? <DefinitionList items={tierFacts(tiers, history, scope)} /> : null}
        {earned.length > 0 ? (
          <ul aria-label="Badges" className="flex flex-wrap gap-2">
            {earned.map(({ id, icon, color, name }) => (
              <li key={id}>
                <BadgeMedal icon={icon} color={color} size={40} label={localized(name, "en")} />
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Card>
  );
}

function tierFacts(
  { tier, customerTier, ladder, progress: { next } }: CustomerTiers,
  history: readonly TierStepRow[],
  { timeZone, currency }: Scope,
): Definition[] {
  const amount = (value: bigint) => thresholdText(value, ladder.metric, currency);
  const nameOf = (tierId: string) => ladder.tiers.find(({ id }) => id === tierId)!.name;
  const date = (at: Date) => <DateTime value={at} timeZone={timeZone} />;
  return [
    {
      term: "Tier",
      value: tier?.name ?? "None yet",
      ...(customerTier && {
        hint: (
          <>
            Until {date(customerTier.keepUntil)}, grace period until {date(customerTier.graceUntil)}
          </>
        ),
      }),
    },
    ...(next
      ? [
          {
            term: "Next tier",
            value: `${nameOf(next.tierId)}: ${amount(next.remaining)} more`,
          },
        ]
      : []),
    ...history.map(({ at, fromName, toName, reason, value }) => ({
      term: date(at),
      value: `${fromName ?? "None"} → ${toName ?? "None"}`,
      hint: `${STEP_REASONS[reason] ?? reason}, with ${amount(value)}`,
    })),
  ];
}

/** Why a tier changed, by the stored reason. */
const STEP_REASONS: Record<string, string> = {
  reached: "Reached",
  renewed: "Renewed",
  lapsed: "Expired",
  taken_back: "Reversed",
  rules_changed: "Tiers changed",
};
