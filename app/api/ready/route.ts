import { readiness } from "@/lib/worker/readiness";

export const dynamic = "force-dynamic";

/**
 * 200 when this installation can do its work, else 503; either way with the state of its parts.
 * `server.ts` answers this address itself; this route is for hosts without it.
 */
export async function GET(): Promise<Response> {
  const answer = await readiness();
  return Response.json(answer, {
    status: answer.status === "ready" ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
