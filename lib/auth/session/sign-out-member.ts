import type { z } from "zod";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { requireOver } from "@/lib/merchants/commands/team";
import type { removeMemberSchema } from "@/lib/merchants/schema";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { endSessionsOf } from "./member-session";

/**
 * Ends all sessions of a member, as when their laptop was stolen: they sign in anew, in their other
 * shops too.
 * @throws DomainError forbidden for whoever may not remove them, not_found for who is no member
 */
export async function signOutMember(
  scope: Scope,
  { userId }: z.output<typeof removeMemberSchema>,
): Promise<void> {
  await inScope(scope, async (tx) => {
    const member = await requireOver(tx, userId);
    await endSessionsOf(tx.db, userId);
    await recordAudit(tx, {
      action: "member.sign_out",
      subjectType: "member",
      subjectId: userId,
      summary: `Signed ${member.name} out everywhere`,
    });
  });
}
