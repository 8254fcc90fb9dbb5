import { asLocale } from "@/lib/core/i18n/locales";
import { shownName } from "@/lib/customers/rules";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { queueMessages } from "@/lib/messaging/commands/queue-message";

type Row = {
  programName: string;
  programSlug: string;
  defaultLocale: string;
  friendName: string | null;
  friendEmail: string | null;
  at: Date;
  customerId: string;
  email: string | null;
  locale: string | null;
};

/**
 * Asks an advocate by email whether they told the friend who named them. The email shows no
 * more of the friend than `shownName` does.
 */
export async function askAdvocate(scope: Scope, nominationId: string): Promise<void> {
  await inScope(scope, async (tx) => {
    const [row] = await tx.db.$queryRaw<Row[]>`
      SELECT p.name AS "programName", p.slug AS "programSlug",
        m.default_locale AS "defaultLocale", f.name AS "friendName", f.email AS "friendEmail", n.at,
        c.id AS "customerId", c.email, c.locale
      FROM nomination n
      JOIN merchant m ON m.id = n.merchant_id
      JOIN program p ON p.merchant_id = n.merchant_id AND p.id = n.program_id
      JOIN customer f ON f.merchant_id = n.merchant_id AND f.id = n.friend_id
      JOIN advocate a ON a.merchant_id = n.merchant_id AND a.id = n.advocate_id
      JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
      WHERE n.merchant_id = ${tx.merchantId} AND n.id = ${nominationId}`;
    if (!row?.email) return;
    await queueMessages(tx, [
      {
        causeKey: `nomination_asked:${nominationId}:${row.customerId}`,
        template: "nomination_asked",
        customerId: row.customerId,
        recipient: row.email,
        locale: asLocale(row.locale ?? row.defaultLocale),
        data: {
          programName: row.programName,
          programSlug: row.programSlug,
          friendName: shownName({ name: row.friendName, email: row.friendEmail }),
        },
      },
    ]);
  });
}
