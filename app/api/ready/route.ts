import { readiness } from "@/lib/worker/readiness";

export const dynamic = "force-dynamic";

/**
 * 200 when this installation can do its work, else 503; either says what stands and what does not.
 */
export async function GET(): Promise<Response> {
  const { ready, ...parts } = await readiness();
  return Response.json(
    { status: ready ? "ready" : "not_ready", ...parts },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
