"use server";

import { merchantAction } from "@/lib/auth/action";
import { endCampaign, saveCampaign } from "@/lib/loyalty/campaigns/commands";
import { campaignFormSchema, endCampaignSchema } from "@/lib/loyalty/campaigns/schema";
import type { Scope } from "@/lib/merchants/scope";

export const savePointsCampaign = merchantAction(
  ({ timeZone }: Scope) => campaignFormSchema(timeZone),
  "program.edit",
  saveCampaign,
);

export const endPointsCampaign = merchantAction(endCampaignSchema, "program.edit", endCampaign);
