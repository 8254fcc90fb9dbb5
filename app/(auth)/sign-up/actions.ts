"use server";

import { redirect } from "next/navigation";
import { publicAction } from "@/lib/auth/action";
import { startMemberSession } from "@/lib/auth/session/member-session";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { adminPaths } from "@/lib/merchants/paths";
import { signUpSchema } from "@/lib/merchants/schema";

export const signUp = publicAction(signUpSchema, "sign_up", async (input): Promise<null> => {
  const { userId, slug } = await signUpMerchant(input, { asStranger: true });
  await startMemberSession({ userId, epoch: 0 });
  redirect(adminPaths(slug).overview);
});
