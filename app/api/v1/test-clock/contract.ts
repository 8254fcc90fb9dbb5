import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonTime } from "@/lib/core/json";
import { testClockSchema } from "@/lib/worker/test-clock";

export const postTestClock = endpoint({
  method: "POST",
  path: "/test-clock",
  group: "Test clock",
  key: "secret",
  summary: "Move test mode's clock forward",
  description:
    "With a test key only. Answers once everything that fell due is done: holds released, rewards issued, referrals expired.",
  body: testClockSchema.strict(),
  response: z.object({ now: jsonTime.meta({ description: "Test mode's time from here on." }) }),
  errors: ["conflict"],
  example: { body: { advance: "P31D" }, response: { now: "2026-12-22T10:00:00.000Z" } },
});
