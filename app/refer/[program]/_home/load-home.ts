import { redirect } from "next/navigation";
import { reader } from "@/app/reader";
import { customerScope } from "@/lib/auth/customer";
import { advocateOf } from "@/lib/customers/queries/customers";
import { termsOfAdvocate } from "@/lib/pipeline/read/arms";
import { loadProgram } from "../load";
import type { HomeContext } from "./context";

/**
 * What a part of an advocate's page works with; null for no such program. Whoever is not signed in
 * or has not joined is sent to the program's page, where they can.
 */
export async function loadHome(slug: string): Promise<HomeContext | null> {
  const found = await loadProgram(slug);
  if (!found) return null;
  const entry = await customerScope(slug);
  const part = entry
    ? await advocateOf(entry.scope, { programId: found.program.id, customerId: entry.customerId })
    : null;
  if (!entry || !part) redirect(`/refer/${encodeURIComponent(slug)}`);
  const terms = await termsOfAdvocate(entry.scope, part.advocate.id, found.program.terms);
  const { t, locale } = await reader();
  return { found: { ...found, program: { ...found.program, terms } }, entry, part, t, locale };
}
