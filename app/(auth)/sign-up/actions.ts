"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { publicAction } from "@/lib/auth/action";
import { startMemberSession } from "@/lib/auth/session/member-session";
import { spendShopInvitation } from "@/lib/auth/sign-in/shop-invitation";
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
  await startMemberSession({ userId, epoch: 0 });
  redirect(adminPaths(slug).overview);
});
