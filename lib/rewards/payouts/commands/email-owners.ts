import { Prisma } from "@/lib/core/db";
import { asLocale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import type { Asset } from "@/lib/core/money";
import type { Tx } from "@/lib/merchants/scope";
import { queueMessage } from "@/lib/messaging/commands/queue-message";
import { amountWords } from "@/lib/terms/words/amounts";
import type { PayoutItem } from "./lock-payout";

/** Emails each owner of rewards in a payout, once, how much was paid to them. */
export async function emailOwners(
  scope: Tx,
  batchId: string,
  asset: Asset,
  items: readonly PayoutItem[],
  reference: string | null,
): Promise<void> {
  const { db, merchantId } = scope;
  const owners = new Map<string, { minor: bigint; count: number; programId: string }>();
  for (const { customerId, minor, programId } of items) {
    const sum = owners.get(customerId) ?? { minor: 0n, count: 0, programId };
    owners.set(customerId, { ...sum, minor: sum.minor + minor, count: sum.count + 1 });
  }
  const people = await db.$queryRaw<{ id: string; email: string; locale: string }[]>(Prisma.sql`
    SELECT c.id, c.email, COALESCE(c.locale, m.default_locale) AS locale FROM customer c
    JOIN merchant m ON m.id = c.merchant_id
    WHERE c.merchant_id = ${merchantId} AND c.id = ANY(${[...owners.keys()]}::text[])
      AND c.email IS NOT NULL ORDER BY c.id`);
  const programs = new Map(
    (
      await db.program.findMany({
        where: { merchantId, id: { in: [...new Set(items.map(({ programId }) => programId))] } },
        select: { id: true, name: true, slug: true },
      })
    ).map((program) => [program.id, program]),
  );
  for (const person of people) {
    const { minor, count, programId } = owners.get(person.id)!;
    const { name, slug } = programs.get(programId)!;
    const locale = asLocale(person.locale);
    await queueMessage(scope, {
      template: "rewards_paid",
      causeKey: `rewards_paid:${batchId}:${person.id}`,
      customerId: person.id,
      recipient: person.email,
      locale,
      data: {
        programName: name,
        programSlug: slug,
        amount: amountWords(translator(locale), { minor, asset }, locale),
        count,
        reference,
      },
    });
  }
}
