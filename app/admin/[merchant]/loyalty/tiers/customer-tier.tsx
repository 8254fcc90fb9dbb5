import { BadgeMedal } from "@/components/loyalty/badges/badge-medal";
import { thresholdText } from "@/components/loyalty/tiers/tier-words";
import { TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { DateTime } from "@/components/ui/content/display";
import { localized } from "@/lib/core/i18n/localized";
import { customerBadges } from "@/lib/loyalty/badges/queries/badges";
import { customerTiers, tierHistory } from "@/lib/loyalty/tiers/queries/customer-tier";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";

/**
 * A customer's tier, how long it is theirs and what the next one takes, its last changes, and their
 * badges.
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
  const { timeZone, currency } = scope;
  const next = tiers?.progress.next;
  return (
    <Card>
      <CardHeader
        title="Standing"
        className="mb-4"
        actions={
          <TextLink className="text-sm" href={admin.tiers}>
            Tiers
          </TextLink>
        }
      />
      <div className="flex flex-col gap-4">
        {tiers ? (
          <DefinitionList
            items={[
              {
                term: "Tier",
                value: tiers.tier?.name ?? "None yet",
                ...(tiers.customerTier && {
                  hint: (
                    <>
                      Theirs until{" "}
                      <DateTime value={tiers.customerTier.keepUntil} timeZone={timeZone} />, with
                      grace until{" "}
                      <DateTime value={tiers.customerTier.graceUntil} timeZone={timeZone} />
                    </>
                  ),
                }),
              },
              ...(next
                ? [
                    {
                      term: "Next",
                      value: `${tiers.ladder.tiers.find(({ id }) => id === next.tierId)!.name}: ${thresholdText(next.remaining, tiers.ladder.metric, currency)} more`,
                    },
                  ]
                : []),
              ...history.map((step) => ({
                term: <DateTime value={step.at} timeZone={timeZone} />,
                value: `${step.fromName ?? "None"} → ${step.toName ?? "None"}`,
                hint: `${step.reason.replaceAll("_", " ")}, with ${thresholdText(step.value, tiers.ladder.metric, currency)}`,
              })),
            ]}
          />
        ) : null}
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
