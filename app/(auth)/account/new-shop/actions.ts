"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { userAction } from "@/lib/auth/action";
import { consume } from "@/lib/auth/rate-limit";
import { clientAddress } from "@/lib/auth/request";
import { spendShopInvitation } from "@/lib/auth/sign-in/shop-invitation";
import { openShop } from "@/lib/merchants/commands/open-shop";
import { adminPaths } from "@/lib/merchants/paths";
import { openShopSchema } from "@/lib/merchants/schema";

const schema = openShopSchema.extend({ invitation: z.string().max(200).optional() });

/** Opens another shop of the user's, and leads to it. */
export const openAnotherShop = userAction(schema, async (user, input): Promise<null> => {
  const { invitation, ...shop } = input;
  await consume("sign_up", await clientAddress());
  const { slug } = await openShop(user, shop, (db) =>
    spendShopInvitation(db, { invitation, email: user.email }),
  );
  redirect(adminPaths(slug).overview);
});
