"use server";

import { redirect } from "next/navigation";
import { endMemberSession } from "@/lib/auth/session/member-session";

/** Ends the session in this browser. */
export async function signOut(): Promise<void> {
  await endMemberSession();
  redirect("/sign-in");
}
