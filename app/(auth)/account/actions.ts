"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { userAction } from "@/lib/auth/action";
import { clientAddress } from "@/lib/auth/request";
import {
  endMemberSession,
  endSessionOf,
  endSessionsOf,
  startMemberSession,
} from "@/lib/auth/session/member-session";
import { changePassword } from "@/lib/auth/sign-in/change-password";
import { limitLink } from "@/lib/auth/sign-in/limits";
import { sendSignInLink } from "@/lib/auth/sign-in/sign-in";
import { requireFreshProof, requirePasswordIfAny } from "@/lib/auth/two-step/fresh-proof";
import { prismaFor } from "@/lib/core/db";
import { changeProfile } from "@/lib/merchants/commands/account/profile";
import { passwordSchema, profileSchema } from "@/lib/merchants/schema";

/** Changes the name that colleagues see, and the language of emails to the user. */
export const saveProfile = userAction(profileSchema, async (user, profile): Promise<null> => {
  await changeProfile(user, profile);
  return null;
});

/** Changes the password; other browsers are signed out. */
export const savePassword = userAction(
  z.object({ current: z.string("Enter your password.").max(200), password: passwordSchema }),
  async (user, input): Promise<null> => {
    const { epoch } = await changePassword({ userId: user.id, ...input });
    await startMemberSession({ userId: user.id, epoch });
    return null;
  },
);

/** Emails a link that shows that the address is the user's. */
export const confirmEmail = userAction(z.object({}), async (user): Promise<null> => {
  await limitLink(user.email, { address: await clientAddress(), isKnown: true });
  await sendSignInLink({ email: user.email, next: "/account" });
  return null;
});

/**
 * Ends one of the user's sessions, or those in all browsers, this one included. It asks anew for
 * what they sign in with: a browser left open is not enough.
 */
export const signOutElsewhere = userAction(
  z.object({
    session: z.string("Choose a browser.").max(64),
    password: z.string().max(200).default(""),
    proof: z.string().max(200).default(""),
  }),
  async (user, { session, password, proof }): Promise<null> => {
    if (user.hasTwoStep) await requireFreshProof(user.id, proof);
    else await requirePasswordIfAny(user.id, password);
    if (session !== "all") {
      await endSessionOf(user.id, session);
      return null;
    }
    await endSessionsOf(prismaFor("goodword_app"), user.id);
    await endMemberSession();
    redirect("/sign-in");
  },
);
