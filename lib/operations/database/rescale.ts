import pg from "pg";
import { decimalsOf } from "@/lib/core/values/currency";
import { booksInOtherDecimals, type OtherBooks } from "@/lib/merchants/queries/books";

/**
 * Called before a process does anything with the database.
 * @throws Error with one line that says what to do, when the books of a shop would be read in other
 * decimals than they are kept in
 */
export async function refuseOtherDecimals(): Promise<void> {
  const [first, ...others] = await booksInOtherDecimals();
  if (first) throw new Error(refusal(first, others.length));
}

function refusal({ slug, currency, kept }: OtherBooks, others: number): string {
  const whose = `"${slug}"${others === 0 ? "" : ` (and those of ${others} more)`}`;
  const wanted = decimalsOf(currency);
  return wanted === null
    ? `Refused: the books of ${whose} are in ${currency}, which this version does not know.`
    : `Refused: the books of ${whose} are kept in ${currency} with ${kept} decimals, and this ` +
        `version counts ${currency} in ${wanted}, so every amount would be read wrongly. ` +
        "To convert them: npm run db:rescale";
}

/**
 * Leads the books of every shop over to the decimals that this version counts their currency in.
 * @param url the owner's connection
 * @returns what was led over, as "tea-shop: HUF/0 → HUF/2"
 * @throws Error when an amount cannot be said in fewer decimals; then that shop is as it was
 */
export async function rescaleBooks(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const done: string[] = [];
    for (const { merchantId, slug, currency, kept } of await booksInOtherDecimals()) {
      const wanted = decimalsOf(currency);
      if (wanted === null) continue;
      await client.query("SELECT goodword_rescale_shop($1, $2, $3)", [merchantId, kept, wanted]);
      done.push(`${slug}: ${currency}/${kept} → ${currency}/${wanted}`);
    }
    return done;
  } finally {
    await client.end();
  }
}
