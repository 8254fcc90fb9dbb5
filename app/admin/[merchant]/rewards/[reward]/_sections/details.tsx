import { Person } from "@/components/customer/person";
import { TextLink } from "@/components/ui/controls/button";
import type { Definition } from "@/components/ui/content/definition-list";
import { Code, DateTime, Money } from "@/components/ui/content/display";
import { translator } from "@/lib/core/i18n/translator";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";
import type { Receipt } from "@/lib/rewards/queries/rewards";
import { benefitWords, holdWords } from "@/lib/terms/words/promises";

type Where = { admin: AdminPaths; scope: Pick<Scope, "timeZone" | "asset"> };

/** Whose it is. */
export function ownerOf(reward: Receipt) {
  return {
    name: reward.customerName,
    email: reward.customerEmail,
    externalId: reward.customerExternalId,
  };
}

/** The facts of a reward, from whom to when. */
export function factsOf(reward: Receipt, where: Where): Definition[] {
  return [
    ...causeOf(reward, where),
    ...amountsOf(reward, where),
    ...datesOf(reward, where),
    ...(reward.payoutId && reward.payoutNumber !== null
      ? [
          {
            term: "Payout",
            value: (
              <TextLink href={where.admin.payout(reward.payoutId)}>
                No. {reward.payoutNumber}
              </TextLink>
            ),
          },
        ]
      : []),
    ...(reward.note ? [{ term: "Note for the customer", value: reward.note }] : []),
    { term: "ID", value: <Code>{reward.id}</Code> },
  ];
}

function causeOf(reward: Receipt, { admin, scope: { asset } }: Where): Definition[] {
  const { terms, side, facts } = reward;
  return [
    {
      term: terms.given ? "For" : `For the ${side}`,
      value: (
        <TextLink href={admin.customer(reward.customerId)}>
          <Person person={ownerOf(reward)} whole />
        </TextLink>
      ),
    },
    ...(reward.referralId
      ? [
          {
            term: "Referral",
            value: (
              <TextLink href={admin.referral(reward.referralId)}>
                {side === "advocate"
                  ? `Of ${reward.friendName ?? reward.friendEmail ?? "a friend"}`
                  : `Invited by ${reward.advocateName ?? "an advocate"}`}
              </TextLink>
            ),
          },
        ]
      : []),
    ...(reward.orderId ? [{ term: "Order", value: <Code>{reward.orderId}</Code> }] : []),
    ...(facts.orderMinor === null
      ? []
      : [
          {
            term: "Order total at the time",
            value: <Money value={{ minor: facts.orderMinor, asset }} />,
          },
        ]),
    ...(reward.couponCode
      ? [{ term: "Coupon code", value: <Code>{reward.couponCode}</Code> }]
      : []),
  ];
}

function amountsOf(reward: Receipt, { scope }: Where): Definition[] {
  const { asset, reversedMinor, recoveredMinor, withheldMinor } = reward;
  const cost = {
    term: "Cost to you",
    value: <Money value={{ minor: reward.costMinor, asset: scope.asset }} />,
  };
  if (reward.amountMinor === null || asset === null) return [cost];
  const amount = (minor: bigint) => <Money value={{ minor, asset }} />;
  return [
    ...(reversedMinor > 0n
      ? [
          {
            term: "Reversed",
            value: amount(reversedMinor),
            ...(recoveredMinor < reversedMinor && {
              hint: <>Only {amount(recoveredMinor)} was recovered; the rest had been spent.</>,
            }),
          },
        ]
      : []),
    ...(withheldMinor > 0n
      ? [
          {
            term: "Withheld",
            value: amount(withheldMinor),
            hint: "It repaid what the customer owed after an earlier reversal.",
          },
        ]
      : []),
    cost,
  ];
}

function datesOf(reward: Receipt, { admin, scope: { timeZone } }: Where): Definition[] {
  const { benefit } = reward.terms;
  const pool = "codes" in benefit && benefit.codes?.kind === "pool" ? benefit.codes.poolId : null;
  const at = (date: Date) => <DateTime value={date} timeZone={timeZone} look="dateTime" />;
  return [
    { term: "Granted", value: at(reward.grantedAt) },
    ...(reward.heldUntil > reward.grantedAt || reward.state === "held"
      ? [
          {
            term: "On hold until",
            value: at(reward.heldUntil),
            ...(reward.underReview &&
              reward.state === "held" && { hint: "Not released until its referral is reviewed." }),
          },
        ]
      : []),
    ...(reward.issuedAt ? [{ term: "Issued", value: at(reward.issuedAt) }] : []),
    ...(reward.availableAt && reward.state === "available"
      ? [
          {
            term: "Waiting since",
            value: at(reward.availableAt),
            ...(reward.reason === "waiting_for_code" &&
              pool && {
                hint: (
                  <>
                    Its <TextLink href={admin.couponPool(pool)}>coupon pool</TextLink> is empty. It
                    gets a code as soon as you add some.
                  </>
                ),
              }),
          },
        ]
      : []),
    ...(reward.expiresAt
      ? [
          {
            term: reward.state === "expired" ? "Expired" : "Expires",
            value: <DateTime value={reward.expiresAt} timeZone={timeZone} />,
            ...(reward.remindedAt && {
              hint: (
                <>
                  Reminder sent on <DateTime value={reward.remindedAt} timeZone={timeZone} />.
                </>
              ),
            }),
          },
        ]
      : []),
  ];
}

/** The rule that granted it, and the conditions as they were then. */
export function ruleOf(reward: Receipt, admin: AdminPaths): Definition[] {
  const t = translator("en");
  const { terms, facts } = reward;
  return [
    {
      term: "Program",
      value: <TextLink href={admin.program(reward.programId)}>{reward.programName}</TextLink>,
    },
    { term: "Benefit", value: benefitWords(t, terms, terms.currency, "en") },
    { term: "Hold", value: holdWords(t, terms.holdDays) },
    ...facts.reasons.map(({ holds, message }) => ({
      term: holds ? "Condition met" : "Condition not met",
      value: message,
    })),
    ...(terms.given
      ? []
      : [{ term: "New customer at the time", value: facts.isNewCustomer ? "Yes" : "No" }]),
  ];
}
