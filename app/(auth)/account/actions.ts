"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { userAction } from "@/lib/auth/action";
import { clientAddress } from "@/lib/auth/request";
import {
  endMemberSession,
  endSessionsOf,
  startMemberSession,
} from "@/lib/auth/session/member-session";
import { changePassword } from "@/lib/auth/sign-in/change-password";
import { limitLink } from "@/lib/auth/sign-in/limits";
import { sendSignInLink } from "@/lib/auth/sign-in/sign-in";
import { prismaFor } from "@/lib/core/db";
import { passwordSchema } from "@/lib/merchants/schema";

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

/** Ends the user's sessions in all browsers, this one included. */
export const signOutEverywhere = userAction(z.object({}), async (user): Promise<null> => {
  await endSessionsOf(prismaFor("goodword_app"), user.id);
  await endMemberSession();
  redirect("/sign-in");
});
