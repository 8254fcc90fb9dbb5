"use server";

import { redirect } from "next/navigation";
import { consume } from "@/lib/auth/rate-limit";
import { clientAddress } from "@/lib/auth/request";
import { enterWithMerchantToken } from "@/lib/auth/sign-in/customer-entry";
import { DomainError } from "@/lib/core/errors";
import { settleIn } from "../enter-program";

/** Signs in by a token of the shop's server, in place of whoever is signed in in this browser. */
export async function switchCustomer(slug: string, token: string): Promise<void> {
  const home = `/refer/${encodeURIComponent(String(slug))}`;
  try {
    await consume("token", await clientAddress());
    const entered = await enterWithMerchantToken(String(slug), String(token), {
      mayReplace: true,
    });
    if (entered) await settleIn(String(slug), entered);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    redirect(`${home}?refused=${error.code}`);
  }
  redirect(home);
}
