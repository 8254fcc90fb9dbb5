export const dynamic = "force-dynamic";

/** The process lives. Says nothing of what it stands on; see /api/ready. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
