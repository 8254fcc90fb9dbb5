import type { Metadata } from "next";
import { BadgeMedal } from "@/components/loyalty/badges/badge-medal";
import type { LadderFields } from "@/components/loyalty/tiers/ladder-fields";
import { TierForm } from "@/components/loyalty/tiers/tier-form";
import { METRIC_NAMES } from "@/components/loyalty/words";
import { thresholdText, windowText } from "@/components/loyalty/tiers/tier-words";
import { Alert } from "@/components/ui/content/alert";
import { StatusPill } from "@/components/ui/content/badge";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { writeMultiplier } from "@/lib/core/values/percent";
import { isRecounting } from "@/lib/loyalty/commands";
import { type Ladder, tierDistribution, tierLadder } from "@/lib/loyalty/tiers/queries/ladder";
import { tierAmountText } from "@/lib/loyalty/tiers/schema";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { previewTiers, saveTiers } from "./actions";

export const metadata: Metadata = { title: "Tiers" };

export default async function TiersPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.read");
  const [ladder, people, recounting] = await Promise.all([
    tierLadder(scope),
    tierDistribution(scope),
    isRecounting(scope),
  ]);
  const mayEdit = scopeAllows(scope, "program.edit");
  return (
    <>
      <PageHeader
        title="Tiers"
        description="A standing that customers earn, keep for a time, and earn again. The same for all of your programs."
        status={
          ladder ? (
            <StatusPill tone={ladder.active ? "good" : "neutral"}>
              {ladder.active ? "On" : "Off"}
            </StatusPill>
          ) : null
        }
      />
      <div className="flex flex-col gap-6">
        {recounting ? (
          <Alert tone="neutral">
            After the last change everybody is being counted anew. The numbers below may still move.
          </Alert>
        ) : null}
        {ladder && ladder.tiers.length > 0 ? (
          <Distribution
            ladder={ladder}
            people={people}
            base={adminPaths(slug).tiers}
            currency={scope.currency}
          />
        ) : null}
        {!ladder && !mayEdit ? (
          <Card>
            <Empty title="No tiers yet" bare>
              An owner or admin of the shop can set them up here.
            </Empty>
          </Card>
        ) : null}
        {mayEdit ? (
          <TierForm
            key={ladder?.tiers.map(({ id }) => id).join() ?? "new"}
            values={fieldsOf(ladder, scope.currency)}
            currency={scope.currency}
            save={saveTiers.bind(null, slug)}
            preview={previewTiers.bind(null, slug)}
          />
        ) : null}
      </div>
    </>
  );
}

function Distribution({
  ladder,
  people,
  base,
  currency,
}: {
  ladder: Ladder;
  people: ReadonlyMap<string, number>;
  base: string;
  currency: string;
}) {
  const all = [...people.values()].reduce((sum, count) => sum + count, 0);
  return (
    <Card flush>
      <CardHeader
        title="Who stands where"
        className="px-5 pt-5 pb-3"
        description={`${METRIC_NAMES[ladder.metric]} ${windowText(ladder)}. ${numberText(all)} ${all === 1 ? "customer has" : "customers have"} a tier.`}
      />
      <Table
        caption="Customers by tier"
        rows={[...ladder.tiers].reverse()}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `${base}/${id}`}
        columns={[
          {
            key: "name",
            header: "Tier",
            primary: true,
            cell: (tier) => (
              <span className="inline-flex items-center gap-3 align-middle">
                <BadgeMedal icon={tier.icon} color={tier.color} shape="shield" size={32} />
                {tier.name}
              </span>
            ),
          },
          {
            key: "threshold",
            header: "From",
            cell: (tier) => thresholdText(tier.threshold, ladder.metric, currency),
          },
          {
            key: "points",
            header: "Points count",
            numeric: true,
            secondary: true,
            cell: (tier) => `${writeMultiplier(tier.pointsMultiplierBp)}×`,
          },
          {
            key: "share",
            header: "Share",
            numeric: true,
            secondary: true,
            cell: (tier) =>
              all === 0 ? "–" : `${Math.round(((people.get(tier.id) ?? 0) / all) * 100)} %`,
          },
          {
            key: "people",
            header: "Customers",
            numeric: true,
            cell: (tier) => numberText(people.get(tier.id) ?? 0),
          },
        ]}
      />
    </Card>
  );
}

/**
 * The form as it stands; for a shop without tiers an example to change, of which nothing is kept
 * until it is saved.
 */
function fieldsOf(ladder: Ladder | null, currency: string): LadderFields {
  if (!ladder) return EXAMPLE;
  const { metric, window, windowDays, graceDays, active, tiers } = ladder;
  return {
    metric,
    window,
    windowDays: String(windowDays),
    graceDays: String(graceDays),
    active,
    tiers: tiers.map(({ id, name, threshold, benefits, color, icon, pointsMultiplierBp }) => ({
      id,
      name,
      benefits,
      color,
      icon,
      threshold: tierAmountText(threshold, metric, currency),
      pointsMultiplier: writeMultiplier(pointsMultiplierBp),
    })),
  };
}

const NO_WORDS = { en: "", sq: "", zh: "" };
const EXAMPLE: LadderFields = {
  metric: "referrals",
  window: "rolling",
  windowDays: "365",
  graceDays: "30",
  active: true,
  tiers: [
    {
      id: "",
      name: "Bronze",
      threshold: "1",
      benefits: NO_WORDS,
      color: "#b45309",
      icon: "sprout",
      pointsMultiplier: "1",
    },
    {
      id: "",
      name: "Silver",
      threshold: "3",
      benefits: NO_WORDS,
      color: "#64748b",
      icon: "star",
      pointsMultiplier: "1.1",
    },
    {
      id: "",
      name: "Gold",
      threshold: "10",
      benefits: NO_WORDS,
      color: "#a16207",
      icon: "crown",
      pointsMultiplier: "1.25",
    },
  ],
};
