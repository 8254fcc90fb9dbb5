"use server";

import { redirect } from "next/navigation";
import { endCustomerSession } from "@/lib/auth/customer";

export async function signOut(slug: string): Promise<void> {
  await endCustomerSession();
  redirect(`/refer/${encodeURIComponent(slug)}`);
}
