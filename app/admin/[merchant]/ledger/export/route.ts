import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/member";
import { dateInZone } from "@/lib/core/time";
import { exportLedger } from "@/lib/ledger/queries/export-ledger";
import { scopeNow } from "@/lib/merchants/scope";

type Context = { params: Promise<{ merchant: string }> };

/** The whole ledger as CSV; the amounts of an account add up to its balance. */
export async function GET(_request: NextRequest, { params }: Context): Promise<Response> {
  const { merchant } = await params;
  const scope = await requireMember(merchant, "ledger.read");
  const today = dateInZone(scopeNow(scope), scope.timeZone);
  return new Response(exportLedger(scope), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="ledger-${merchant}-${today}.csv"`,
    },
  });
}
