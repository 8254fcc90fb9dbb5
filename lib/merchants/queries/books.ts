import { prismaFor } from "@/lib/core/db";
import { decimalsOf } from "@/lib/core/values/currency";

/** A shop whose amounts would be read wrongly, with the decimals its books are kept in. */
export type OtherBooks = { merchantId: string; slug: string; currency: string; kept: number };

/**
 * Shops whose books are kept in other decimals than this version counts their currency in, by what
 * the books say and by what their ledger has; none in a healthy installation. Reads a row of each
 * shop, and one of each asset that it has an account in.
 */
export async function booksInOtherDecimals(): Promise<OtherBooks[]> {
  const books = await prismaFor("goodword_gate").$queryRaw<OtherBooks[]>`
    WITH RECURSIVE held AS (
      (SELECT merchant_id, asset FROM ledger_account ORDER BY merchant_id, asset LIMIT 1)
      UNION ALL
      SELECT next.merchant_id, next.asset FROM held, LATERAL (
        SELECT merchant_id, asset FROM ledger_account
        WHERE (merchant_id, asset) > (held.merchant_id, held.asset)
        ORDER BY merchant_id, asset LIMIT 1) next
    )
    SELECT m.id AS "merchantId", m.slug, m.currency, b.kept
    FROM merchant m, LATERAL (
      SELECT m.currency_scale AS kept
      UNION SELECT split_part(h.asset, '/', 2)::int FROM held h
      WHERE h.merchant_id = m.id AND split_part(h.asset, '/', 1) = m.currency) b
    ORDER BY m.created_at, m.id`;
  return books.filter(({ currency, kept }) => decimalsOf(currency) !== kept);
}
