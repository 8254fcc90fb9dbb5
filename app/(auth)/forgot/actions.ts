"use server";

import { z } from "zod";
import { publicAction } from "@/lib/auth/action";
import { sendPasswordReset } from "@/lib/auth/sign-in/password-reset";
import { emailSchema } from "@/lib/core/values/email";

export const requestReset = publicAction(
  z.object({ email: emailSchema }),
  "link",
  async (input) => {
    await sendPasswordReset(input);
    return null;
  },
);
