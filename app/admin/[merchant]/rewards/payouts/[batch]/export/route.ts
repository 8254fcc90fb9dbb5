import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { exportPayout } from "@/lib/rewards/payouts/commands";

type Context = { params: Promise<{ merchant: string; batch: string }> };

/** A payout as a file, one line per person, with where their money goes. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { merchant, batch: batchId } = await params;
  const scope = await requireMember(merchant, "payout.manage");
  const { name, csv } = await found(exportPayout(scope, batchId));
  return new Response(csv, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="${name}"`,
    },
  });
}
