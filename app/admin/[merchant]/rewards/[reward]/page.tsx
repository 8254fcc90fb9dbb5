import type { Metadata } from "next";
import { RewardState } from "@/components/reward/reward-state";
import { TransferTable } from "@/components/reward/transfer-table";
import { rewardWorth } from "@/components/reward/worth";
import { TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { DateTime } from "@/components/ui/content/display";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { translator } from "@/lib/core/i18n/translator";
import { requireMember } from "@/lib/auth/member";
import { transfersOfReward } from "@/lib/ledger/queries/balances";
import { adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { messagesByCause } from "@/lib/messaging/queries";
import { TEMPLATE_LABELS } from "@/lib/messaging/schema";
import { announcementKeys } from "@/lib/rewards/rules/announcement";
import { receipt, type Receipt } from "@/lib/rewards/queries/rewards";
import { rewardReasonWords } from "@/lib/rewards/schema";
import { explanationLines } from "@/lib/rewards/words";
import { factsOf, ruleOf } from "./_sections/details";
import { RewardHistory } from "./_sections/history";
import { RewardActions } from "./_sections/reward-actions";

export const metadata: Metadata = { title: "Reward" };

type Props = { params: Promise<{ merchant: string; reward: string }> };

export default async function RewardPage({ params }: Props) {
  const { merchant: slug, reward: id } = await params;
  const scope = await requireMember(slug, "referral.read");
  const reward = await found(receipt(scope, id));
  const transfers = await transfersOfReward(scope, id);
  const admin = adminPaths(slug);
  return (
    <>
      <PageHeader
        title={rewardWorth(reward)}
        status={<RewardState reward={reward} />}
        description={<>{rewardReasonWords(reward.reason)}.</>}
        breadcrumbs={[{ label: "Rewards", href: admin.rewards }]}
        actions={
          scopeAllows(scope, "reward.decide") ? <RewardActions reward={reward} slug={slug} /> : null
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card>
          <CardHeader title="Details" className="mb-4" />
          <DefinitionList items={factsOf(reward, { admin, scope })} />
        </Card>
        <div className="flex flex-col gap-6">
          <WorkedCard reward={reward} />
          <Card>
            <CardHeader
              title="Rule"
              className="mb-4"
              description={
                reward.terms.given
                  ? "Granted outside the program’s rules. Its terms don’t change."
                  : `Version ${reward.programVersion} of the terms. Later versions don’t affect it.`
              }
            />
            <DefinitionList items={ruleOf(reward, admin)} />
          </Card>
          <Card>
            <CardHeader title="History" className="mb-5" />
            <RewardHistory reward={reward} timeZone={scope.timeZone} />
          </Card>
          {scopeAllows(scope, "outbox.read") ? <EmailsCard scope={scope} reward={reward} /> : null}
        </div>
        {transfers.length > 0 ? (
          <Card flush className="lg:col-span-2">
            <CardHeader
              title="Ledger entries"
              description="Double entry: what leaves one account arrives in another."
              className="px-5 pt-5 pb-3"
            />
            <TransferTable transfers={transfers} timeZone={scope.timeZone} />
          </Card>
        ) : null}
      </div>
    </>
  );
}

/** How its amount was worked out, step by step. */
function WorkedCard({ reward }: { reward: Receipt }) {
  const lines = explanationLines(reward, {
    t: translator("en"),
    locale: "en",
    seesOrder: true,
    seesCount: () => true,
  });
  if (lines.length === 0) return null;
  return (
    <Card>
      <CardHeader title="How it was worked out" className="mb-3" />
      <ul className="flex flex-col gap-1.5">
        {lines.map((line) => (
          <li key={line} className="figure text-sm/6">
            {line}
          </li>
        ))}
      </ul>
    </Card>
  );
}

async function EmailsCard({ scope, reward }: { scope: Scope; reward: Receipt }) {
  const steps = reward.steps.map(({ id }) => id);
  const emails = await messagesByCause(scope, announcementKeys(reward.id, steps));
  if (emails.length === 0) return null;
  const admin = adminPaths(scope.merchantSlug);
  return (
    <Card>
      <CardHeader title="Emails" className="mb-4" />
      <DefinitionList
        items={emails.map(({ id, createdAt, template, recipient }) => ({
          term: <DateTime value={createdAt} timeZone={scope.timeZone} look="dateTime" />,
          value: <TextLink href={admin.email(id)}>{TEMPLATE_LABELS[template]}</TextLink>,
          hint: `To ${recipient}`,
        }))}
      />
    </Card>
  );
}
