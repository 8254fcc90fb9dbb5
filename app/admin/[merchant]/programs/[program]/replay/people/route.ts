import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/member";
import { found } from "@/lib/auth/found";
import { replayCsv } from "@/lib/pipeline/replay/csv";
import { findReplay } from "@/lib/pipeline/replay/queries";
import { findProgram } from "@/lib/programs/queries";

type Context = { params: Promise<{ merchant: string; program: string }> };

/** The difference of a replay, a line for each reward that differs. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { merchant, program: ref } = await params;
  const scope = await requireMember(merchant, "program.edit");
  const program = await found(findProgram(scope, ref));
  const replay = await found(
    findReplay(scope, program.id, request.nextUrl.searchParams.get("run") ?? ""),
  );
  return new Response(replayCsv(scope, replay.id), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="replay-${replay.id}.csv"`,
    },
  });
}
