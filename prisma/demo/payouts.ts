import { DAY_MS } from "@/lib/core/time";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { grantOutright } from "@/lib/rewards/commands";
import { confirmDestination, requestDestination } from "@/lib/rewards/destinations/commands";
import type { PayoutDetails } from "@/lib/rewards/destinations/schema";
import { createPayout, payPayout } from "@/lib/rewards/payouts/commands";
import type { Moment } from "./moments";

/** Thanks in cash, a month ago and now, for those who brought the most friends. */
const THANKS = ["40", "25", "25", "15", "15"];

/** IBANs that the registry of IBANs prints as examples; they belong to nobody. */
const IBANS = ["DE89370400440532013000", "GB29NWBK60161331926819", "AL47212110090000000235698741"];

/** The shop thanks its best advocates in cash, and pays them. */
export function payoutMoments(scope: Scope, programId: () => string, now: Date): Moment[] {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  return [
    { at: daysAgo(40), happen: () => thank(scope, programId(), "spring") },
    { at: daysAgo(39), happen: () => giveDetails(scope, programId()) },
    { at: daysAgo(36), happen: () => pay(scope) },
    { at: daysAgo(5), happen: () => thank(scope, programId(), "autumn") },
    { at: daysAgo(1), happen: () => changeDetails(scope) },
  ];
}

async function thank(scope: Scope, programId: string, season: string): Promise<void> {
  for (const [index, { customerId }] of (await best(scope, programId)).entries())
    await grantOutright(scope, {
      programId,
      customerId,
      source: "goodwill",
      ruleId: "goodwill",
      causeRef: { kind: "review", ref: `thanks:${season}` },
      eventId: null,
      benefit: { kind: "cash" },
      calculator: { kind: "fixed", amount: THANKS[index]! },
      holdDays: 0,
      at: scopeNow(scope),
      facts: {},
    });
}

/** All but the last two say where it goes. */
async function giveDetails(scope: Scope, programId: string): Promise<void> {
  for (const [index, { customerId, name }] of (await best(scope, programId)).entries())
    if (index < IBANS.length)
      await give(scope, customerId, { kind: "iban", holder: name, iban: IBANS[index]! });
}

/** Somebody has a new account: it is paid to some days later. */
async function changeDetails(scope: Scope): Promise<void> {
  const given = await inScope(scope, ({ db, merchantId }) =>
    db.payoutDestination.findFirst({
      where: { merchantId, confirmedAt: { not: null }, endedAt: null },
      orderBy: { id: "desc" },
      select: { customerId: true },
    }),
  );
  if (given) await give(scope, given.customerId, { kind: "paypal", paypal: "mine@example.com" });
}

async function give(scope: Scope, customerId: string, details: PayoutDetails): Promise<void> {
  const { slug: programSlug } = await inScope(scope, ({ db, merchantId }) =>
    db.program.findFirstOrThrow({ where: { merchantId }, select: { slug: true } }),
  );
  await requestDestination(scope, { customerId, programSlug, details });
  const { merchantId } = scope;
  const { id: destinationId } = await inScope(scope, ({ db }) =>
    db.payoutDestination.findFirstOrThrow({
      where: { merchantId, customerId, confirmedAt: null },
      select: { id: true },
    }),
  );
  await confirmDestination(scope, { merchantId, destinationId, customerId, programSlug });
}

async function pay(scope: Scope): Promise<void> {
  const { batchId } = await createPayout(scope, {});
  await payPayout(scope, { batchId, reference: "SEPA 2031" });
}

async function best(
  scope: Scope,
  programId: string,
): Promise<{ customerId: string; name: string }[]> {
  const rows = await inScope(scope, ({ db, merchantId }) =>
    db.advocate.findMany({
      where: { merchantId, programId },
      orderBy: [{ qualifiedCount: "desc" }, { id: "asc" }],
      take: THANKS.length,
      select: { customerId: true, customer: { select: { name: true } } },
    }),
  );
  return rows.map(({ customerId, customer }) => ({ customerId, name: customer.name ?? "Ana" }));
}
