"use server";

import type { LadderPreview } from "@/components/loyalty/tiers/ladder-fields";
import { merchantAction } from "@/lib/auth/action";
import { previewLadder, tierDistribution } from "@/lib/loyalty/tiers/queries/ladder";
import { saveLadder } from "@/lib/loyalty/tiers/commands/save-tiers";
import { ladderFormSchema } from "@/lib/loyalty/tiers/schema";
import type { Scope } from "@/lib/merchants/scope";

const formOf = ({ currency }: Scope) => ladderFormSchema(currency);

export const saveTiers = merchantAction(
  formOf,
  "program.edit",
  async (scope, ladder): Promise<null> => {
    await saveLadder(scope, ladder);
    return null;
  },
);

/** Counts who would have which tier; changes nothing. */
export const previewTiers = merchantAction(
  formOf,
  "program.edit",
  async (scope, ladder): Promise<LadderPreview> => {
    const [would, now] = await Promise.all([previewLadder(scope, ladder), tierDistribution(scope)]);
    return ladder.tiers.map(({ id, name }, index) => ({
      name,
      would: would[index] ?? 0,
      now: id === undefined ? null : (now.get(id) ?? 0),
    }));
  },
);
