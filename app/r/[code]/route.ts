import { click } from "@/lib/events/hot-path/click";
import { answerWeb } from "@/lib/events/hot-path/web";

export const dynamic = "force-dynamic";

/**
 * The click. `server.ts` answers this path itself; this is the same function where it does not
 * stand in front.
 */
export async function GET(request: Request): Promise<Response> {
  return answerWeb(request, click);
}

export const HEAD = GET;
