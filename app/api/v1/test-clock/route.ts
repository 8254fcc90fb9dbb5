import { apiRoute } from "@/lib/auth/api-route";
import { advanceTestClock } from "@/lib/worker/test-clock";
import { postTestClock } from "./contract";

export const POST = apiRoute(postTestClock, async (scope, { body }) => {
  const { now, settled } = await advanceTestClock(scope, body);
  return { now: now.toISOString(), settled };
});
