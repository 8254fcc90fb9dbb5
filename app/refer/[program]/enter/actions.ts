"use server";

import { redirect } from "next/navigation";
import { enterWithLink } from "@/lib/auth/sign-in/customer-entry";
import { consume } from "@/lib/auth/rate-limit";
import { clientAddress } from "@/lib/auth/request";
import { visitorOfProgram } from "@/lib/auth/visitor";
import { DomainError } from "@/lib/core/errors";
import { enterProgram } from "../enter-program";

/**
 * Spends a sign-in link: a session, a place in the program, and on to the page. A spent one leads
 * to a fresh one.
 */
export async function enter(slug: string, token: string): Promise<void> {
  const home = `/refer/${encodeURIComponent(String(slug))}`;
  try {
    await consume("token", await clientAddress());
    const { customerId } = await enterWithLink(String(slug), String(token));
    const found = await visitorOfProgram(String(slug));
    if (found) await enterProgram(found.scope, { customerId, programId: found.program.id });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    redirect(`${home}/enter`);
  }
  redirect(home);
}
