"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { publicAction } from "@/lib/auth/action";
import { resetPassword } from "@/lib/auth/sign-in/password-reset";
import { enter } from "@/lib/auth/two-step/enter";
import { passwordSchema } from "@/lib/merchants/schema";

export const chooseNewPassword = publicAction(
  z.object({ token: z.string("This link is incomplete.").max(200), password: passwordSchema }),
  "token",
  async (input): Promise<null> => {
    const user = await resetPassword(input);
    redirect(await enter(user, "/admin", "reset"));
  },
);
