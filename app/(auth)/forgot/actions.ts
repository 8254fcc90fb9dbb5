"use server";

import { after } from "next/server";
import { z } from "zod";
import { publicAction } from "@/lib/auth/action";
import { limitLink } from "@/lib/auth/sign-in/limits";
import { sendPasswordReset } from "@/lib/auth/sign-in/password-reset";
import { emailSchema } from "@/lib/core/values/email";

export const requestReset = publicAction(
  z.object({ email: emailSchema }),
  "link",
  async (input, { address }) => {
    await limitLink(input.email, { address });
    // How long the answer takes does not tell whether the address has an account.
    after(() => sendPasswordReset(input));
    return null;
  },
);
