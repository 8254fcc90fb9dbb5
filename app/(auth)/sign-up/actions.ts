"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { publicAction } from "@/lib/auth/action";
import { spendShopInvitation } from "@/lib/auth/sign-in/shop-invitation";
import { signInHere } from "@/lib/auth/sign-in/sign-in-notes";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { adminPaths } from "@/lib/merchants/paths";
import { signUpSchema } from "@/lib/merchants/schema";

const schema = signUpSchema.extend({ invitation: z.string().max(200).optional() });

export const signUp = publicAction(schema, "sign_up", async (input): Promise<null> => {
  const { invitation, ...shop } = input;
  const { userId, slug } = await signUpMerchant(shop, {
    asStranger: true,
    isInvited: (db) => spendShopInvitation(db, { invitation, email: shop.email }),
  });
  await signInHere({ id: userId, epoch: 0 }, "sign_up");
  redirect(adminPaths(slug).overview);
});
