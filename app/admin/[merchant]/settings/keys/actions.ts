"use server";

import { merchantAction } from "@/lib/auth/action";
import { createApiKey, revokeApiKey } from "@/lib/merchants/commands/keys";
import { createKeySchema, revokeKeySchema } from "@/lib/merchants/schema";

export const createKey = merchantAction(createKeySchema, "keys.manage", createApiKey);
export const revokeKey = merchantAction(revokeKeySchema, "keys.manage", revokeApiKey);
