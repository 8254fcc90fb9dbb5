"use server";

import { redirect } from "next/navigation";
import { customerScope } from "@/lib/auth/customer";
import { endAllCustomerSessions, endCustomerSession } from "@/lib/auth/session/customer-session";

/** Ends the session in this browser. */
export async function signOut(slug: string): Promise<void> {
  await endCustomerSession();
  redirect(`/refer/${encodeURIComponent(String(slug))}`);
}

/** Ends the customer's sessions in all browsers, this one included. */
export async function signOutEverywhere(slug: string): Promise<void> {
  const entry = await customerScope(String(slug));
  if (entry) await endAllCustomerSessions(entry.scope, entry.customerId);
  redirect(`/refer/${encodeURIComponent(String(slug))}`);
}
