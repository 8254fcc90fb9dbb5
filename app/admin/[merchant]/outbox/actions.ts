"use server";

import { merchantAction } from "@/lib/auth/action";
import { releaseEmails } from "@/lib/messaging/commands/release-emails";
import { releaseSchema } from "@/lib/messaging/outbox-schema";

export const release = merchantAction(releaseSchema, "outbox.release", async (scope, input) => {
  await releaseEmails(scope, input);
  return null;
});
