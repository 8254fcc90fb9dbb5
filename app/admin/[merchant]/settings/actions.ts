"use server";

import { merchantAction } from "@/lib/auth/action";
import { updateMerchant } from "@/lib/merchants/commands/settings";
import { merchantSettingsSchema } from "@/lib/merchants/schema";

export const saveShop = merchantAction(merchantSettingsSchema, "settings.edit", updateMerchant);
