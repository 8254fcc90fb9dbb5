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
import { dateInZone } from "@/lib/core/time";
import { listCampaigns } from "@/lib/loyalty/campaigns/queries";
import { pointsOutstanding } from "@/lib/loyalty/points/queries/points-overview";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { programNames } from "@/lib/programs/queries";
import { endPointsCampaign, savePointsCampaign } from "./actions";
import { EarnersCard, EarningCard, MonthsCard } from "./sections";

export const metadata: Metadata = { title: "Points" };

export default async function PointsPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.read");
  const [outstanding, campaigns, programs] = await Promise.all([
    pointsOutstanding(scope),
    listCampaigns(scope, { show: "open", limit: 50 }),
    programNames(scope),
  ]);
  const admin = adminPaths(slug);
  const mayEdit = scopeAllows(scope, "program.edit");
  const now = scopeNow(scope);
  const save = savePointsCampaign.bind(null, slug);
  const plan = (
    <CampaignDialog
      action={save}
      campaign={null}
      running={false}
      programs={programs}
      today={dateInZone(now, scope.timeZone)}
      trigger={<Button icon={<CalendarPlus aria-hidden="true" />}>Plan a campaign</Button>}
    />
  );
  return (
    <>
      <PageHeader
        title="Points"
        description="How they are earned, when they count more, and what is out there."
        actions={<ButtonLink href={admin.catalogue}>What they buy</ButtonLink>}
      />
      <div className="flex flex-col gap-6">
        <StatGrid>
          <Stat
            label="To spend"
            value={numberText(Number(outstanding.available))}
            note={`With ${numberText(outstanding.holders)} ${outstanding.holders === 1 ? "customer" : "customers"}`}
          />
          <Stat
            label="On hold"
            value={numberText(Number(outstanding.pending))}
            note="Earned, not released yet"
          />
          <Stat
            label="Owed back"
            value={numberText(Number(outstanding.owed))}
            note="Spent before a refund called them back"
          />
          <Stat
            label="What they would cost"
            href={scopeAllows(scope, "ledger.read") ? admin.ledger : undefined}
            value={moneyText({ minor: outstanding.costMinor, asset: scope.asset }, "en")}
            note={
              <>
                If all were spent, at {pointCost(outstanding.costMilli, scope.currency)} a point
                {mayEdit ? (
                  <>
                    ; <TextLink href={admin.settings}>change</TextLink>
                  </>
                ) : null}
              </>
            }
          />
        </StatGrid>
        <Card flush>
          <CardHeader
            title="Campaigns"
            description="Times in which points count more. Where two overlap, the larger one counts."
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
            actions={mayEdit ? { save, end: endPointsCampaign.bind(null, slug) } : null}
            empty={
              <Empty title="None is running or coming" icon={<Sparkles aria-hidden="true" />} bare>
                A week of double points is a good reason to write to your customers.
              </Empty>
            }
          />
        </Card>
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

/** "0.01 USD": thousandths of a minor unit, exactly. */
function pointCost(milli: number, currency: string): string {
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    maximumFractionDigits: 6,
  }).format(
    milli /
      1000 /
      10 **
        (new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
          .maximumFractionDigits ?? 2),
  );
}
