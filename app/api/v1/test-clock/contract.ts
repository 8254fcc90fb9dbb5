import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonTime } from "@/lib/core/json";
import { testClockSchema } from "@/lib/worker/test-clock";

export const postTestClock = endpoint({
  method: "POST",
  path: "/test-clock",
  group: "Test clock",
  key: "secret",
  summary: "Move the test clock forward",
  description:
    "Test keys only. Responds once everything that became due is done: holds released, rewards " +
    "issued, referrals expired.",
  body: testClockSchema.strict(),
  response: z.object({
    now: jsonTime.meta({ description: "The new time in test mode." }),
    settled: z.boolean().meta({
      description:
        "False if more fell due than one request does: the rest is done in the background.",
    }),
  }),
  errors: ["conflict"],
  commitsItself: true,
  example: {
    body: { advance: "P31D" },
    response: { now: "2026-12-22T10:00:00.000Z", settled: true },
  },
});
