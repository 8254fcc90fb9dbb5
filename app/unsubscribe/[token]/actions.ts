"use server";

import { refresh } from "next/cache";
import { inReadersWords } from "@/app/reader";
import { consume } from "@/lib/auth/rate-limit";
import { clientAddress } from "@/lib/auth/request";
import { type ActionResult, failed, succeeded } from "@/lib/core/action-result";
import { DomainError } from "@/lib/core/errors";
import { stopProgramEmail } from "@/lib/customers/commands";
import { systemScope } from "@/lib/merchants/queries/directory";
import { readUnsubscribeToken } from "@/lib/messaging/rules/unsubscribe-link";

/** Stops program emails to the customer for whom the link was made. */
export async function unsubscribe(token: string): Promise<ActionResult> {
  try {
    await consume("public", await clientAddress());
    const who = readUnsubscribeToken(String(token));
    if (!who) return inReadersWords(failed("This link is not complete."));
    await stopProgramEmail(await systemScope(who.merchantId, "Unsubscribe link"), who.customerId);
    refresh();
    return succeeded(null);
  } catch (error) {
    if (error instanceof DomainError) return inReadersWords(failed(error.message, {}, error.code));
    throw error;
  }
}
