import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { recordExport } from "@/lib/rewards/payouts/commands";
import { payoutCsv } from "@/lib/rewards/payouts/queries/payout-csv";
import { payoutById, payoutPeople } from "@/lib/rewards/payouts/queries/payouts";

type Context = { params: Promise<{ merchant: string; batch: string }> };

/**
 * A payout as a file, one line per person. That it was taken along is noted, so that a later
 * change can be told.
 */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { merchant, batch: batchId } = await params;
  const scope = await requireMember(merchant, "payout.manage");
  const batch = await found(payoutById(scope, batchId));
  const people = await payoutPeople(scope, batch);
  await recordExport(scope, batch.id);
  return new Response(payoutCsv(people), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="payout-${batch.number}.csv"`,
    },
  });
}
