import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/member";
import { findAnything } from "@/lib/desk/queries/find";

type Context = { params: Promise<{ merchant: string }> };

/** What a few letters may mean, for the command palette. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { merchant } = await params;
  const scope = await requireMember(merchant, "program.read");
  const text = request.nextUrl.searchParams.get("q")?.slice(0, 200) ?? "";
  return Response.json(await findAnything(scope, text), {
    headers: { "cache-control": "no-store" },
  });
}
