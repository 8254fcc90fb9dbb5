"use server";

import { merchantAction } from "@/lib/auth/action";
import { updateBranding } from "@/lib/merchants/commands/settings";
import { brandingSchema } from "@/lib/merchants/schema";

export const saveBranding = merchantAction(brandingSchema, "settings.edit", updateBranding);
