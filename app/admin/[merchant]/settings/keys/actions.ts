"use server";

import { merchantAction } from "@/lib/auth/action";
import {
  allowEvent,
  allowEventSchema,
  disallowEvent,
  disallowEventSchema,
} from "@/lib/events/commands/allow-event";
import { createApiKey, revokeApiKey } from "@/lib/merchants/commands/keys";
import { createKeySchema, revokeKeySchema } from "@/lib/merchants/schema";

export const createKey = merchantAction(createKeySchema, "keys.manage", createApiKey);
export const revokeKey = merchantAction(revokeKeySchema, "keys.manage", revokeApiKey);
export const letEventCount = merchantAction(allowEventSchema, "settings.edit", allowEvent);
export const stopEventCounting = merchantAction(
  disallowEventSchema,
  "settings.edit",
  disallowEvent,
);
