"use server";

import { redirect } from "next/navigation";
import { after } from "next/server";
import { z } from "zod";
import { publicAction } from "@/lib/auth/action";
import { currentUser } from "@/lib/auth/member";
import { readDevice } from "@/lib/auth/session/known-device";
import { limitLink } from "@/lib/auth/sign-in/limits";
import { safeNext } from "@/lib/auth/sign-in/safe-next";
import { sendSignInLink, signInByLink, signInByPassword } from "@/lib/auth/sign-in/sign-in";
import { enter, enterWithCode } from "@/lib/auth/two-step/enter";
import { emailSchema } from "@/lib/core/values/email";

const next = z.string().max(2_000).optional();

export const signIn = publicAction(
  z.object({ email: emailSchema, password: z.string("Enter your password.").max(200), next }),
  "public",
  async (input, { address }): Promise<null> => {
    const user = await signInByPassword({ ...input, address, device: await readDevice() });
    redirect(await enter(user, safeNext(input.next), "password"));
  },
);

export const requestLink = publicAction(
  z.object({ email: emailSchema, next }),
  "link",
  async (input, { address }) => {
    await limitLink(input.email, { address });
    // How long the answer takes does not tell whether the address has an account.
    after(() => sendSignInLink({ email: input.email, next: input.next }));
    return null;
  },
);

export const signInWithLink = publicAction(
  z.object({ token: z.string("This link is incomplete.").max(200) }),
  "token",
  async ({ token }): Promise<null> => {
    const signedInAs = (await currentUser())?.id;
    const user = await signInByLink({ token, signedInAs });
    redirect(await enter(user, user.next, "link"));
  },
);

/** The second step, for who has shown who they are in this browser. */
export const signInWithCode = publicAction(
  z.object({ code: z.string("Enter a code.").max(100) }),
  "public",
  async ({ code }, { address }): Promise<null> => {
    redirect((await enterWithCode(code, address)) ?? "/sign-in");
  },
);
