import { prismaFor } from "@/lib/core/db";
import { decimalsOf } from "@/lib/core/values/currency";

/** A shop whose amounts would be read wrongly, with the decimals its books are kept in. */
export type OtherBooks = { merchantId: string; slug: string; currency: string; kept: number };

/**
 * Shops whose books are kept in other decimals than this version counts their currency in; none in
 * a healthy installation. Looks at one row for each currency in use before it looks for shops.
 */
export async function booksInOtherDecimals(): Promise<OtherBooks[]> {
  const db = prismaFor("goodword_gate");
  const inUse = await db.merchant.groupBy({ by: ["currency", "currencyScale"] });
  const astray = inUse.filter(
    ({ currency, currencyScale }) => decimalsOf(currency) !== currencyScale,
  );
  if (astray.length === 0) return [];
  const rows = await db.merchant.findMany({
    where: { OR: astray },
    select: { id: true, slug: true, currency: true, currencyScale: true },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ id, slug, currency, currencyScale }) => ({
    merchantId: id,
    slug,
    currency,
    kept: currencyScale,
  }));
}
