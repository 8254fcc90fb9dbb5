import { Prisma } from "@/lib/core/db";
import { asLocale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import type { Asset } from "@/lib/core/money";
import { type JsonRow, readTogether } from "@/lib/core/statements/query";
import type { Tx } from "@/lib/merchants/scope";
import { queueMessages } from "@/lib/messaging/commands/queue-message";
import { contactsQuery, emailFactsOf, shopOfEmailsQuery } from "@/lib/messaging/queries";
import { amountWords } from "@/lib/terms/words/amounts";
import type { PayoutItem } from "./lock-payout";

type Program = { id: string; name: string; slug: string };

/** Emails each owner of rewards in a payout, once, how much was paid to them. */
export async function emailOwners(
  tx: Tx,
  batchId: string,
  asset: Asset,
  items: readonly PayoutItem[],
  reference: string | null,
): Promise<void> {
  const owners = new Map<string, { minor: bigint; count: number; programId: string }>();
  for (const { customerId, minor, programId } of items) {
    const sum = owners.get(customerId) ?? { minor: 0n, count: 0, programId };
    owners.set(customerId, { ...sum, minor: sum.minor + minor, count: sum.count + 1 });
  }
  const programIds = [...new Set(items.map(({ programId }) => programId))];
  const read = await readTogether(tx.db, {
    shop: shopOfEmailsQuery(tx),
    contacts: contactsQuery(tx, [...owners.keys()]),
    programs: {
      sql: Prisma.sql`SELECT id, name, slug FROM program
        WHERE merchant_id = ${tx.merchantId} AND id = ANY(${programIds}::text[])`,
      row: (json: JsonRow): Program => json,
    },
  });
  const programs = new Map(read.programs.map((program) => [program.id, program]));
  const facts = emailFactsOf(read.shop, read.contacts);
  const emails = [...owners].flatMap(([customerId, { minor, count, programId }]) => {
    const contact = facts.contacts.get(customerId);
    if (!contact?.email) return [];
    const { name, slug } = programs.get(programId)!;
    const locale = asLocale(contact.locale ?? facts.shop.defaultLocale);
    return [
      {
        template: "rewards_paid" as const,
        causeKey: `rewards_paid:${batchId}:${customerId}`,
        customerId,
        recipient: contact.email,
        locale,
        data: {
          programName: name,
          programSlug: slug,
          amount: amountWords(translator(locale), { minor, asset }, locale),
          count,
          reference,
        },
      },
    ];
  });
  await queueMessages(tx, emails, facts);
}
