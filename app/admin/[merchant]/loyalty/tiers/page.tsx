import type { Metadata } from "next";
import { BadgeMedal } from "@/components/loyalty/badges/badge-medal";
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
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { previewTiers, saveTiers } from "./actions";
import { fieldsOf } from "./form-fields";

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
        description="Levels that customers earn and keep for a time, across all your programs."
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
            Customers’ tiers are being updated after the last change. Numbers may still change.
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
              An owner or admin can set them up here.
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
  const holders = `${numberText(all)} ${all === 1 ? "customer has" : "customers have"}`;
  return (
    <Card flush>
      <CardHeader
        title="Customers by tier"
        className="px-5 pt-5 pb-3"
        description={`${METRIC_NAMES[ladder.metric]} ${windowText(ladder)}. ${holders} a tier.`}
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
            header: "Points",
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
              all === 0 ? "–" : `${Math.round(((people.get(tier.id) ?? 0) / all) * 100)}%`,
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
