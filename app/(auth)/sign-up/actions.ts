"use server";

import { redirect } from "next/navigation";
import { publicAction } from "@/lib/auth/action";
import { signInHere } from "@/lib/auth/sign-in/sign-in-notes";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { adminPaths } from "@/lib/merchants/paths";
import { signUpSchema } from "@/lib/merchants/schema";

export const signUp = publicAction(signUpSchema, "sign_up", async (input): Promise<null> => {
  const { userId, slug } = await signUpMerchant(input, { asStranger: true });
  await signInHere({ id: userId, epoch: 0 }, "sign_up");
  redirect(adminPaths(slug).overview);
});
