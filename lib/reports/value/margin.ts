import { writePercent } from "@/lib/core/values/percent";
import { type Margin, marginOf } from "@/lib/merchants/rules/margin";
import type { ReportScope } from "../sql";

/** The shop's gross margin. */
export async function marginOfShop({ db, merchantId }: ReportScope): Promise<Margin> {
  const { marginBp } = await db.merchant.findUniqueOrThrow({
    where: { id: merchantId },
    select: { marginBp: true },
  });
  return marginOf(marginBp);
}

/** What a reading says that rests on a margin nobody entered. */
export function assumption({ bp, isAssumed }: Margin): { assumes?: string } {
  return isAssumed ? { assumes: `Assumes a gross margin of ${writePercent(bp)}%.` } : {};
}
