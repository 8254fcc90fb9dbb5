"use server";

import { z } from "zod";
import { customerAction } from "@/lib/auth/action";
import type { ActionResult } from "@/lib/core/action-result";
import { markReachedSeen } from "@/lib/loyalty/queries";

const mark = customerAction(z.object({}), async (scope, _, { customerId }) => ({
  first: await markReachedSeen(scope, customerId),
}));

/**
 * Remembers that what is new was shown. `first` for the one page that says so before all others: it
 * may celebrate.
 */
export async function claimCelebration(slug: string): Promise<ActionResult<{ first: boolean }>> {
  return mark(slug, null, new FormData());
}
