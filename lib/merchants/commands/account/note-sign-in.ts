import { membershipsOf } from "../../queries/directory";
import { inScope } from "../../scope";
import { recordAudit } from "../record-audit";

/** What the log of a user's shops says of their signing in. */
type SignInNote = {
  action: "member.sign_in" | "member.sign_in_refused";
  /** One sentence without its subject: "Signed in with a password, Firefox on Linux". */
  summary: string;
};

/** Writes into the audit log of every shop whose team a user is on. */
export async function noteSignIn(userId: string, note: SignInNote): Promise<void> {
  for (const scope of await membershipsOf(userId))
    await inScope(scope, (tx) =>
      recordAudit(tx, { ...note, subjectType: "member", subjectId: userId }),
    );
}
