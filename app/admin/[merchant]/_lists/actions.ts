"use server";

import { merchantAction } from "@/lib/auth/action";
import { removeView, saveView } from "@/lib/merchants/commands/saved-views";
import { removeViewSchema, saveViewSchema } from "@/lib/merchants/schema";

export const keepView = merchantAction(saveViewSchema, null, (scope, input) =>
  saveView(scope, input),
);

export const forgetView = merchantAction(removeViewSchema, null, async (scope, input) => {
  await removeView(scope, input);
  return null;
});
