"use server";

import { z } from "zod";
import { inReadersWords } from "@/app/reader";
import { customerAction } from "@/lib/auth/action";
import type { ActionResult } from "@/lib/core/action-result";
import { chooseAlias } from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";

const alias = customerAction(
  z.object({ alias: z.string().max(200).optional(), remove: z.literal("yes").optional() }),
  async (scope, input, { customerId, program }): Promise<null> => {
    await chooseAlias(scope, {
      programId: program.id,
      customerId,
      alias: input.remove ? null : (input.alias ?? ""),
    });
    return null;
  },
);

/** Puts someone on the leaderboard under a name, or takes them off. */
export async function saveAlias(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inReadersWords(await alias(slug, previous, form));
}
