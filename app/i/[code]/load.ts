import { cache } from "react";
import { decodedPart } from "@/lib/core/address";
import { visitorOfCode } from "@/lib/auth/visitor";
import { shownName } from "@/lib/customers/rules";
import { inviterOf } from "@/lib/customers/queries/customers";
import { merchantProfile, type MerchantProfile } from "@/lib/merchants/queries/merchant";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { termsOfAdvocate } from "@/lib/pipeline/read/arms";
import { publishedProgram, type PublishedProgram } from "@/lib/programs/queries";

export type Invite = {
  scope: Scope;
  code: string;
  shop: MerchantProfile;
  program: PublishedProgram | null;
  inviterId: string;
  /** Who invites, as others may read it. */
  inviter: string | null;
};

/** All that stands behind a code; null for an unknown one. Read once per request. */
export const loadInvite = cache(async (text: string): Promise<Invite | null> => {
  const found = await visitorOfCode(decodedPart(text));
  if (!found) return null;
  return inScope(found.scope, async (tx) => {
    const inviter = await inviterOf(tx, found.advocateId);
    const program = await publishedProgram(tx, found.program.id);
    return {
      scope: found.scope,
      code: found.code,
      shop: await merchantProfile(tx),
      // What the friend is promised is what the inviter's arm gives.
      program: program && {
        ...program,
        terms: await termsOfAdvocate(tx, found.advocateId, program.terms),
      },
      inviterId: inviter.customerId,
      inviter: shownName(inviter),
    };
  });
});
