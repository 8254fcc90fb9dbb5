"use server";

import { z } from "zod";
import { userAction } from "@/lib/auth/action";
import { startMemberSession } from "@/lib/auth/session/member-session";
import { requireFreshProof, requirePasswordIfAny } from "@/lib/auth/two-step/fresh-proof";
import {
  beginSecondFactor,
  confirmSecondFactor,
  remakeRecoveryCodes,
  turnOffSecondFactor,
} from "@/lib/auth/two-step/second-factor";

const proof = z.string("Enter your password or a code.").max(200);

/** Makes the secret that an authenticator app is set up with. */
export const beginTwoStep = userAction(
  z.object({ password: z.string().max(200).default("") }),
  async (user, { password }): Promise<null> => {
    await requirePasswordIfAny(user.id, password);
    await beginSecondFactor(user.id);
    return null;
  },
);

/** Turns it on by a first code, and gives the recovery codes; other browsers are signed out. */
export const confirmTwoStep = userAction(
  z.object({ code: z.string("Enter the code that your app shows.").max(20) }),
  async (user, { code }): Promise<{ codes: string[] }> => {
    const { codes, epoch } = await confirmSecondFactor(user.id, code);
    await startMemberSession({ userId: user.id, epoch });
    return { codes };
  },
);

/** Gives new recovery codes in place of the old ones; other browsers are signed out. */
export const replaceRecoveryCodes = userAction(
  z.object({ proof }),
  async (user, input): Promise<{ codes: string[] }> => {
    await requireFreshProof(user.id, input.proof);
    const { codes, epoch } = await remakeRecoveryCodes(user.id);
    await startMemberSession({ userId: user.id, epoch });
    return { codes };
  },
);

/** Turns it off; other browsers are signed out. */
export const endTwoStep = userAction(z.object({ proof }), async (user, input): Promise<null> => {
  await requireFreshProof(user.id, input.proof);
  const { epoch } = await turnOffSecondFactor(user.id);
  await startMemberSession({ userId: user.id, epoch });
  return null;
});
