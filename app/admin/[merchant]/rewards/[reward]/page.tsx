import type { Metadata } from "next";
import { Person, personName } from "@/components/customer/person";
import { ReasonDialog } from "@/components/forms/reason-dialog";
import { DeliverDialog } from "@/components/reward/deliver-dialog";
import { NoteDialog } from "@/components/reward/note-dialog";
import { RewardState, REWARD_STATE_LABELS, waitsToBeGiven } from "@/components/reward/reward-state";
import { TransferTable } from "@/components/reward/transfer-table";
import { rewardWorth } from "@/components/reward/worth";
import type { Tone } from "@/components/ui/content/badge";
import { Button, TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Code, DateTime, Money } from "@/components/ui/content/display";
import { PageHeader } from "@/components/ui/page/page-header";
import { Timeline } from "@/components/ui/content/timeline";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { translator } from "@/lib/core/i18n/translator";
import { transfersOfReward } from "@/lib/ledger/queries/balances";
import { adminPaths, type AdminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { messagesByCause } from "@/lib/messaging/queries";
import { TEMPLATE_LABELS } from "@/lib/messaging/schema";
import { benefitWords, holdWords } from "@/lib/terms/words/promises";
import { MANUAL_KINDS } from "@/lib/terms/schema";
import { announcementKeys } from "@/lib/rewards/commands/announce-reward";
import { receipt, type Receipt } from "@/lib/rewards/queries/rewards";
import { rewardReasonWords, type RewardState as State } from "@/lib/rewards/schema";
import { markDelivered, saveNote, voidOrReverse, undoDelivered } from "../actions";

export const metadata: Metadata = { title: "Reward" };

type Props = { params: Promise<{ merchant: string; reward: string }> };

const TONES: Record<string, Tone> = {
  held: "accent",
  available: "good",
  issued: "good",
  used: "good",
  voided: "bad",
  reversed: "warn",
  expired: "neutral",
};

export default async function RewardPage({ params }: Props) {
  const { merchant: slug, reward: id } = await params;
  const scope = await requireMember(slug, "referral.read");
  const reward = await found(receipt(scope, id));
  const mayReadMail = scopeAllows(scope, "outbox.read");
  const mails = mayReadMail
    ? await messagesByCause(
        scope,
        announcementKeys(
          id,
          reward.steps.map((step) => step.id),
        ),
      )
    : [];
  const transfers = await transfersOfReward(scope, id);
  const { timeZone, asset } = scope;
  const admin = adminPaths(slug);
  const mayDecide = scopeAllows(scope, "reward.decide");
  const isGivenByHand = MANUAL_KINDS.includes(reward.terms.benefit.kind);
  const standing =
    reward.state === "held" || reward.state === "available" || reward.state === "issued";
  return (
    <>
      <PageHeader
        title={rewardWorth(reward)}
        status={<RewardState reward={reward} />}
        description={<>{rewardReasonWords(reward.reason)}.</>}
        breadcrumbs={[{ label: "Rewards", href: admin.rewards }]}
        actions={
          mayDecide ? (
            <>
              {standing ? (
                <ReasonDialog
                  action={voidOrReverse.bind(null, slug)}
                  fields={{ rewardId: id }}
                  title="Take this reward back?"
                  description="It is withdrawn at once, and its owner is told. This cannot be undone."
                  hint="It goes on record, and the reward’s owner can read it."
                  confirmLabel="Take back"
                  done="The reward is taken back."
                  trigger={<Button>Take back…</Button>}
                />
              ) : null}
              {isGivenByHand && reward.state === "used" && reward.payoutId === null ? (
                <ReasonDialog
                  action={undoDelivered.bind(null, slug)}
                  fields={{ rewardId: id }}
                  title="Was it not handed over?"
                  description="It waits to be handed over again."
                  hint="It goes on record in the audit log."
                  confirmLabel="Undo"
                  done="It waits to be handed over again."
                  trigger={<Button>Undo…</Button>}
                />
              ) : null}
              {isGivenByHand && (reward.state === "available" || reward.state === "used") ? (
                <NoteDialog
                  action={saveNote.bind(null, slug)}
                  rewardId={id}
                  note={reward.note}
                  trigger={<Button>{reward.note ? "Edit note" : "Add note"}</Button>}
                />
              ) : null}
              {waitsToBeGiven(reward) ? (
                <DeliverDialog
                  action={markDelivered.bind(null, slug)}
                  rewardIds={[id]}
                  note={reward.note}
                  what={`${rewardWorth(reward)} for ${personName(ownerOf(reward))}`}
                  trigger={
                    <Button variant="primary">
                      {reward.terms.benefit.kind === "cash"
                        ? "Mark as paid…"
                        : "Mark as handed over…"}
                    </Button>
                  }
                />
              ) : null}
            </>
          ) : null
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card>
          <CardHeader title="The facts" className="mb-4" />
          <DefinitionList items={factsOf(reward, admin, timeZone, asset)} />
        </Card>
        <div className="flex flex-col gap-6">
          <Card>
            <CardHeader
              title="The rule"
              className="mb-4"
              description={
                reward.terms.given
                  ? "Given outside the program’s rules, on terms that stay as they were."
                  : `Version ${reward.programVersion} of the terms, as it stood when this was granted. Later versions do not touch it.`
              }
            />
            <DefinitionList items={ruleOf(reward, admin)} />
          </Card>
          <Card>
            <CardHeader title="What happened" className="mb-5" />
            <Timeline
              label="Steps of this reward"
              steps={reward.steps.map((step, index) => ({
                key: step.id,
                tone: TONES[step.state] ?? "neutral",
                title:
                  index > 0 && step.reason === "partly_refunded"
                    ? "Partly taken back"
                    : step.reason === "kept_back"
                      ? "Kept back"
                      : (REWARD_STATE_LABELS[step.state as State] ?? step.state),
                at: <DateTime value={step.at} timeZone={timeZone} look="dateTime" />,
                reason: (
                  <>
                    {rewardReasonWords(step.reason)}
                    {step.actor === "Goodword" ? null : `, by ${step.actor}`}
                    {step.amountMinor !== null && reward.asset ? (
                      <>
                        : <Money value={{ minor: step.amountMinor, asset: reward.asset }} />
                      </>
                    ) : null}
                  </>
                ),
              }))}
            />
          </Card>
          {mails.length > 0 ? (
            <Card>
              <CardHeader title="Mails about it" className="mb-4" />
              <DefinitionList
                items={mails.map((mail) => ({
                  term: <DateTime value={mail.createdAt} timeZone={timeZone} look="dateTime" />,
                  value: (
                    <TextLink href={admin.email(mail.id)}>
                      {TEMPLATE_LABELS[mail.template]}
                    </TextLink>
                  ),
                  hint: `To ${mail.recipient}`,
                }))}
              />
            </Card>
          ) : null}
        </div>
        {transfers.length > 0 ? (
          <Card flush className="lg:col-span-2">
            <CardHeader
              title="In the books"
              description="Double entry: what leaves one place arrives in another."
              className="px-5 pt-5 pb-3"
            />
            <TransferTable transfers={transfers} timeZone={timeZone} />
          </Card>
        ) : null}
      </div>
    </>
  );
}

type Facts = Parameters<typeof DefinitionList>[0]["items"];

function factsOf(
  reward: Receipt,
  admin: AdminPaths,
  timeZone: string,
  asset: Parameters<typeof Money>[0]["value"]["asset"],
): Facts {
  const pool =
    "codes" in reward.terms.benefit && reward.terms.benefit.codes?.kind === "pool"
      ? reward.terms.benefit.codes.poolId
      : null;
  const items: (Facts[number] | null)[] = [
    {
      term: reward.terms.given
        ? "For"
        : reward.side === "advocate"
          ? "For the advocate"
          : "For the friend",
      value: (
        <TextLink href={admin.customer(reward.customerId)}>
          <Person person={ownerOf(reward)} />
        </TextLink>
      ),
    },
    reward.referralId
      ? {
          term: "Referral",
          value: (
            <TextLink href={admin.referral(reward.referralId)}>
              {reward.side === "advocate"
                ? `Of ${reward.friendName ?? reward.friendEmail ?? "a friend"}`
                : `Invited by ${reward.advocateName ?? "an advocate"}`}
            </TextLink>
          ),
        }
      : null,
    reward.orderId ? { term: "Order", value: <Code>{reward.orderId}</Code> } : null,
    reward.facts.orderMinor !== null
      ? {
          term: "Order total then",
          value: <Money value={{ minor: reward.facts.orderMinor, asset }} />,
        }
      : null,
    reward.couponCode ? { term: "Coupon code", value: <Code>{reward.couponCode}</Code> } : null,
    reward.amountMinor !== null && reward.asset !== null && reward.reversedMinor > 0n
      ? {
          term: "Called back",
          value: <Money value={{ minor: reward.reversedMinor, asset: reward.asset }} />,
          hint:
            reward.recoveredMinor < reward.reversedMinor ? (
              <>
                Only <Money value={{ minor: reward.recoveredMinor, asset: reward.asset }} /> was
                still there; the rest had been spent.
              </>
            ) : undefined,
        }
      : null,
    reward.amountMinor !== null && reward.asset !== null && reward.withheldMinor > 0n
      ? {
          term: "Kept back",
          value: <Money value={{ minor: reward.withheldMinor, asset: reward.asset }} />,
          hint: "It paid what an earlier refund had left owing.",
        }
      : null,
    { term: "Costs you", value: <Money value={{ minor: reward.costMinor, asset }} /> },
    {
      term: "Granted",
      value: <DateTime value={reward.grantedAt} timeZone={timeZone} look="dateTime" />,
    },
    {
      term: "On hold until",
      value: <DateTime value={reward.heldUntil} timeZone={timeZone} look="dateTime" />,
      hint:
        reward.underReview && reward.state === "held"
          ? "Its referral waits for a decision; it is not released before that."
          : undefined,
    },
    reward.issuedAt
      ? {
          term: "Issued",
          value: <DateTime value={reward.issuedAt} timeZone={timeZone} look="dateTime" />,
        }
      : null,
    reward.availableAt && reward.state === "available"
      ? {
          term: "Waiting since",
          value: <DateTime value={reward.availableAt} timeZone={timeZone} look="dateTime" />,
          hint:
            reward.reason === "waiting_for_code" && pool ? (
              <>
                Its <TextLink href={admin.couponPool(pool)}>coupon pool</TextLink> is empty; it gets
                a code as soon as there are some.
              </>
            ) : undefined,
        }
      : null,
    reward.payoutId && reward.payoutNumber !== null
      ? {
          term: "Payout",
          value: (
            <TextLink href={admin.payout(reward.payoutId)}>No. {reward.payoutNumber}</TextLink>
          ),
        }
      : null,
    reward.note ? { term: "Note for its owner", value: reward.note } : null,
    reward.expiresAt
      ? {
          term: reward.state === "expired" ? "Expired" : "Expires",
          value: <DateTime value={reward.expiresAt} timeZone={timeZone} />,
          hint: reward.remindedAt ? (
            <>
              Its owner was reminded on <DateTime value={reward.remindedAt} timeZone={timeZone} />.
            </>
          ) : undefined,
        }
      : null,
    { term: "Number", value: <Code>{reward.id}</Code> },
  ];
  return items.filter((item) => item !== null);
}

function ownerOf(reward: Receipt) {
  return {
    name: reward.customerName,
    email: reward.customerEmail,
    externalId: reward.customerExternalId,
  };
}

function ruleOf(reward: Receipt, admin: AdminPaths): Facts {
  const t = translator("en");
  const { terms, facts } = reward;
  return [
    {
      term: "Program",
      value: <TextLink href={admin.program(reward.programId)}>{reward.programName}</TextLink>,
    },
    { term: "Promised", value: benefitWords(t, terms, terms.currency, "en") },
    { term: "Hold", value: holdWords(t, terms.holdDays) },
    ...facts.reasons.map(({ holds, message }) => ({
      term: holds ? "Condition met" : "Condition not met",
      value: message,
    })),
    ...(terms.given
      ? []
      : [{ term: "New customer then", value: facts.isNewCustomer ? "Yes" : "No" }]),
  ];
}
