"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { publicAction } from "@/lib/auth/action";
import { requireUser } from "@/lib/auth/member";
import { signInHere } from "@/lib/auth/sign-in/sign-in-notes";
import { acceptInvite } from "@/lib/merchants/commands/accept-invite";
import { adminPaths } from "@/lib/merchants/paths";
import { passwordSchema, personNameSchema } from "@/lib/merchants/schema";

const token = z.string("This link is incomplete.").max(200);

/** For someone new: makes their account and puts them on the team. */
export const joinAsNew = publicAction(
  z.object({ token, name: personNameSchema, password: passwordSchema }),
  "token",
  async (input): Promise<null> => {
    const { userId, slug } = await acceptInvite(input.token, {
      name: input.name,
      password: input.password,
    });
    await signInHere({ id: userId, epoch: 0 }, "invitation");
    redirect(adminPaths(slug).overview);
  },
);

/** For someone who is signed in already. */
export const joinAsMyself = publicAction(
  z.object({ token }),
  "token",
  async (input): Promise<null> => {
    const user = await requireUser(`/invite/${encodeURIComponent(input.token)}`);
    const { slug } = await acceptInvite(input.token, { userId: user.id });
    redirect(adminPaths(slug).overview);
  },
);
