import { Download } from "lucide-react";
import type { Metadata } from "next";
import { ConfirmAction } from "@/components/forms/confirm-action";
import { PaidDialog } from "@/components/reward/paid-dialog";
import { PayoutPeople } from "@/components/reward/payout-people";
import { PayoutState } from "@/components/reward/payout-state";
import { Alert } from "@/components/ui/content/alert";
import { Button, buttonClass } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Code, DateTime, Money } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { type PayoutPerson, payoutPeople } from "@/lib/rewards/payouts/queries/people";
import { payoutById, type PayoutRow } from "@/lib/rewards/payouts/queries/payouts";
import { giveUp, markPaid } from "../actions";

export const metadata: Metadata = { title: "Payout" };

type Props = { params: Promise<{ merchant: string; batch: string }> };

export default async function PayoutPage({ params }: Props) {
  const { merchant: slug, batch: batchId } = await params;
  const scope = await requireMember(slug, "referral.read");
  const batch = await found(payoutById(scope, batchId));
  const people = await payoutPeople(scope, batch);
  const admin = adminPaths(slug);
  const base = admin.payouts;
  const isOpen = batch.state === "open";
  const isStale =
    isOpen &&
    batch.exportedAt !== null &&
    batch.changedAt !== null &&
    batch.changedAt > batch.exportedAt;
  return (
    <>
      <PageHeader
        title={`Payout no. ${batch.number}`}
        status={<PayoutState state={batch.state} />}
        breadcrumbs={[{ label: "Payouts", href: base }]}
        description={
          isOpen ? "Take the file to your bank, pay, and mark it as paid here." : undefined
        }
        actions={
          scopeAllows(scope, "payout.manage") ? (
            <PayoutActions batch={batch} people={people.length} slug={slug} />
          ) : null
        }
      />
      <div className="flex flex-col gap-6">
        {isStale ? (
          <Alert tone="warn" title="This payout changed after the file was downloaded">
            A reward in it was reversed. Download the file again before you pay.
          </Alert>
        ) : null}
        {isOpen ? <ChangedSince people={people} /> : null}
        <PayoutDetails batch={batch} timeZone={scope.timeZone} />
        <Card flush>
          <CardHeader title="Recipients" className="px-5 pt-5 pb-3" />
          {people.length === 0 ? (
            <Empty title="No rewards left" bare>
              {batch.state === "cancelled"
                ? "Its rewards can go into another payout."
                : "All of its rewards were reversed."}
            </Empty>
          ) : (
            <PayoutPeople people={people} customerHref={admin.customer} />
          )}
        </Card>
      </div>
    </>
  );
}

/** Warns of details that are not what they were when the payout was prepared. */
function ChangedSince({ people }: { people: readonly PayoutPerson[] }) {
  const changed = people.filter(({ destination }) => destination?.isFormer).length;
  const unreadable = people.filter(({ destination }) => destination?.masked === null).length;
  const count = (number: number) => (number === 1 ? "1 person" : `${number} people`);
  return (
    <>
      {changed > 0 ? (
        <Alert tone="warn" title={`${count(changed)} changed their payout details since`}>
          The file still has what they gave before. To use the new details, cancel this payout and
          prepare another one.
        </Alert>
      ) : null}
      {unreadable > 0 ? (
        <Alert tone="bad" title={`The payout details of ${count(unreadable)} can’t be read`}>
          They were stored under another secret of this server. Cancel this payout: the next one
          leaves them out and asks them again.
        </Alert>
      ) : null}
    </>
  );
}

type PayoutActionsProps = { batch: PayoutRow; people: number; slug: string };

function PayoutActions({ batch, people, slug }: PayoutActionsProps) {
  const { id: batchId, state } = batch;
  const isOpen = state === "open";
  return (
    <>
      {isOpen ? (
        <ConfirmAction
          action={giveUp.bind(null, slug)}
          fields={{ batchId }}
          title="Cancel this payout?"
          danger
          description="Its rewards can go into another payout. Cancel only if nothing was paid."
          confirmLabel="Cancel payout"
          trigger={<Button>Cancel…</Button>}
        />
      ) : null}
      {people > 0 && state !== "cancelled" ? (
        <a
          href={adminPaths(slug).payoutExport(batchId)}
          download
          className={buttonClass({ variant: "secondary" })}
        >
          <Download aria-hidden="true" className="size-4" />
          Download CSV
        </a>
      ) : null}
      {isOpen && people > 0 ? (
        <PaidDialog
          action={markPaid.bind(null, slug)}
          batchId={batchId}
          trigger={<Button variant="primary">Mark as paid…</Button>}
          description={
            <>
              <Money value={{ minor: batch.totalMinor, asset: batch.asset }} /> for{" "}
              {people === 1 ? "1 person" : `${people} people`}. You can’t undo this.
            </>
          }
        />
      ) : null}
    </>
  );
}

function PayoutDetails({ batch, timeZone }: { batch: PayoutRow; timeZone: string }) {
  const at = (date: Date, by: string | null = null) => (
    <>
      <DateTime value={date} timeZone={timeZone} look="dateTime" />
      {by ? `, by ${by}` : ""}
    </>
  );
  return (
    <Card>
      <DefinitionList
        items={[
          {
            term: "Total",
            value: (
              <span className="figure text-lg font-semibold">
                <Money value={{ minor: batch.totalMinor, asset: batch.asset }} />
              </span>
            ),
          },
          { term: "Rewards", value: <span className="figure">{batch.rewards}</span> },
          { term: "Prepared", value: at(batch.createdAt, batch.createdBy) },
          ...(batch.exportedAt ? [{ term: "File downloaded", value: at(batch.exportedAt) }] : []),
          ...(batch.paidAt ? [{ term: "Paid", value: at(batch.paidAt, batch.paidBy) }] : []),
          ...(batch.reference
            ? [{ term: "Reference", value: <Code>{batch.reference}</Code> }]
            : []),
          ...(batch.cancelledAt ? [{ term: "Cancelled", value: at(batch.cancelledAt) }] : []),
        ]}
      />
    </Card>
  );
}
