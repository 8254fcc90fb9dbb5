import { ingest } from "@/lib/events/hot-path/ingest";
import { answerWeb } from "@/lib/events/hot-path/web";

export const dynamic = "force-dynamic";

/**
 * Taking events in. `server.ts` answers this path itself; this is the same function where it does
 * not stand in front.
 */
export async function POST(request: Request): Promise<Response> {
  return answerWeb(request, ingest);
}

/** A browser asks first whether it may send. */
export const OPTIONS = POST;
