import { cache } from "react";
import { visitorOfProgram } from "@/lib/auth/visitor";
import { merchantProfile, type MerchantProfile } from "@/lib/merchants/queries/merchant";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { publishedProgram, type PublishedProgram } from "@/lib/programs/queries";

export type ReferProgram = { scope: Scope; shop: MerchantProfile; program: PublishedProgram };

/** A program's public side by its slug; null where there is none. Read once per request. */
export const loadProgram = cache(async (slug: string): Promise<ReferProgram | null> => {
  const found = await visitorOfProgram(slug);
  if (!found) return null;
  return inScope(found.scope, async (tx) => {
    const program = await publishedProgram(tx, found.program.id);
    return program ? { scope: found.scope, shop: await merchantProfile(tx), program } : null;
  });
});
