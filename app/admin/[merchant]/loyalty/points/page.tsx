import { CalendarPlus, Sparkles } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { CampaignDialog } from "@/components/loyalty/points/campaign-dialog";
import { CampaignTable } from "@/components/loyalty/points/campaign-table";
import { Button, ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { moneyText, numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { Skeleton } from "@/components/ui/page/skeleton";
import { Stat, StatGrid } from "@/components/ui/content/stat";
import { requireMember } from "@/lib/auth/member";
import { formatPointCost } from "@/lib/core/money";
import { dateInZone } from "@/lib/core/time";
import { listCampaigns } from "@/lib/loyalty/campaigns/queries";
import {
  type PointsOutstanding,
  pointsOutstanding,
} from "@/lib/loyalty/points/queries/points-overview";
import { type AdminPaths, adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { programNames } from "@/lib/programs/queries";
import { endPointsCampaign, savePointsCampaign } from "./actions";
import { EarnersCard, EarningCard, MonthsCard } from "./sections";

export const metadata: Metadata = { title: "Points" };

export default async function PointsPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.read");
  const outstanding = await pointsOutstanding(scope);
  const admin = adminPaths(slug);
  const mayEdit = scopeAllows(scope, "program.edit");
  return (
    <>
      <PageHeader
        title="Points"
        description="How customers earn points, campaigns, and points outstanding."
        actions={<ButtonLink href={admin.catalogue}>Rewards catalogue</ButtonLink>}
      />
      <div className="flex flex-col gap-6">
        <Figures outstanding={outstanding} scope={scope} admin={admin} />
        <CampaignsCard scope={scope} admin={admin} mayEdit={mayEdit} />
        <Suspense fallback={<Skeleton className="h-64" />}>
          <EarningCard scope={scope} admin={admin} mayEdit={mayEdit} />
        </Suspense>
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Suspense fallback={<Skeleton className="h-80" />}>
            <MonthsCard scope={scope} />
          </Suspense>
          <Suspense fallback={<Skeleton className="h-80" />}>
            <EarnersCard scope={scope} admin={admin} />
          </Suspense>
        </div>
      </div>
    </>
  );
}

async function CampaignsCard({
  scope,
  admin,
  mayEdit,
}: {
  scope: Scope;
  admin: AdminPaths;
  mayEdit: boolean;
}) {
  const [campaigns, programs] = await Promise.all([
    listCampaigns(scope, { show: "open", limit: 50 }),
    programNames(scope),
  ]);
  const now = scopeNow(scope);
  const save = savePointsCampaign.bind(null, scope.merchantSlug);
  const plan = (
    <CampaignDialog
      action={save}
      campaign={null}
      running={false}
      programs={programs}
      today={dateInZone(now, scope.timeZone)}
      trigger={<Button icon={<CalendarPlus aria-hidden="true" />}>Plan campaign</Button>}
    />
  );
  return (
    <Card flush>
      <CardHeader
        title="Campaigns"
        description="Times of higher points. Where two overlap, the higher multiplier counts."
        className="px-5 pt-5 pb-3"
        actions={
          <>
            {mayEdit ? plan : null}
            <ButtonLink variant="quiet" href={admin.campaigns}>
              All campaigns
            </ButtonLink>
          </>
        }
      />
      <CampaignTable
        rows={campaigns.rows}
        timeZone={scope.timeZone}
        now={now}
        programs={programs}
        actions={mayEdit ? { save, end: endPointsCampaign.bind(null, scope.merchantSlug) } : null}
        empty={
          <Empty
            title="No running or upcoming campaigns"
            icon={<Sparkles aria-hidden="true" />}
            bare
          >
            A week of double points is a good reason to email your customers.
          </Empty>
        }
      />
    </Card>
  );
}

function Figures({
  outstanding,
  scope,
  admin,
}: {
  outstanding: PointsOutstanding;
  scope: Scope;
  admin: AdminPaths;
}) {
  const { holders } = outstanding;
  return (
    <StatGrid>
      <Stat
        label="To spend"
        value={numberText(Number(outstanding.available))}
        note={`Held by ${numberText(holders)} ${holders === 1 ? "customer" : "customers"}`}
      />
      <Stat
        label="On hold"
        value={numberText(Number(outstanding.pending))}
        note="Earned but not released yet"
      />
      <Stat
        label="Owed back"
        value={numberText(Number(outstanding.owed))}
        note="Spent before a refund reversed them"
      />
      <Stat
        label="Estimated cost"
        href={scopeAllows(scope, "ledger.read") ? admin.ledger : undefined}
        value={moneyText({ minor: outstanding.costMinor, asset: scope.asset }, "en")}
        note={
          <>
            If all are spent, at {formatPointCost(outstanding.costMilli, scope.asset, "en")} per
            point
            {scopeAllows(scope, "program.edit") ? (
              <>
                ; <TextLink href={admin.settings}>change</TextLink>
              </>
            ) : null}
          </>
        }
      />
    </StatGrid>
  );
}
