"use server";

import { redirect } from "next/navigation";
import { merchantAction } from "@/lib/auth/action";
import { adminPaths } from "@/lib/merchants/paths";
import { enterEvent, enterEventSchema } from "@/lib/pipeline/intake/enter-event";
import { correctEvent, correctEventSchema } from "@/lib/pipeline/intake/set-aside/correct-event";
import { discardEvent, discardEventSchema } from "@/lib/pipeline/intake/set-aside/discard-event";
import { retryEvent, retryEventSchema } from "@/lib/pipeline/intake/set-aside/retry-event";

export const tryNow = merchantAction(retryEventSchema, "event.enter", async (scope, input) => {
  await retryEvent(scope, input);
  return null;
});

export const correct = merchantAction(
  correctEventSchema,
  "event.enter",
  async (scope, input): Promise<null> => {
    const { eventId } = await correctEvent(scope, input);
    redirect(adminPaths(scope.merchantSlug).event(eventId));
  },
);

export const discard = merchantAction(discardEventSchema, "event.discard", async (scope, input) => {
  await discardEvent(scope, input);
  return null;
});

export const enter = merchantAction(
  enterEventSchema,
  "event.enter",
  async (scope, input): Promise<null> => {
    const { eventId } = await enterEvent(scope, input);
    redirect(adminPaths(scope.merchantSlug).event(eventId));
  },
);
