import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { after } from "next/server";
import { reader } from "@/app/reader";
import { customerScope } from "@/lib/auth/customer";
import { decodedPart } from "@/lib/core/address";
import { withoutTail } from "@/lib/core/values/code";
import { advocateOf } from "@/lib/customers/queries/customers";
import { isProgram } from "@/lib/events/rules/click";
import { visitorCookie } from "@/lib/events/rules/visitor";
import { termsOfAdvocate } from "@/lib/pipeline/read/arms";
import { recordView } from "@/lib/referrals/commands/record-view";
import { Home } from "./_home/home";
import { Join } from "./_join/join";
import { loadProgram } from "./load";
import { Missing } from "./missing";

type Props = {
  params: Promise<{ program: string }>;
  searchParams: Promise<{ token?: string | string[] }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await loadProgram((await params).program);
  const { t } = await reader();
  if (!found) return { title: { absolute: t("closed.programUnknownTitle") } };
  const shop = found.shop.name;
  return {
    title: { absolute: t("join.title", { shop }) },
    description: t("join.description", { shop }),
    referrer: "same-origin",
  };
}

/** The customer's page: their own once they have joined, the way to join before. */
export default async function ReferPage({ params, searchParams }: Props) {
  const { program: slug } = await params;
  const { token } = await searchParams;
  // Cookies cannot be set while a page is drawn, so a shop's signed token is taken in by a route.
  if (typeof token === "string")
    redirect(`/refer/${encodeURIComponent(slug)}/token?token=${encodeURIComponent(token)}`);
  const found = await loadProgram(slug);
  if (!found) {
    const pasted = withoutTail(decodedPart(slug)).toLowerCase();
    if (pasted !== slug && (await loadProgram(pasted))) redirect(`/refer/${pasted}`);
    return <Missing />;
  }
  const entry = await customerScope(slug);
  const visitorId = (await cookies()).get(visitorCookie())?.value ?? null;
  if (!isProgram((await headers()).get("user-agent") ?? undefined)) {
    const seen = { programId: found.program.id, customerId: entry?.customerId ?? null, visitorId };
    // The reader need not wait for it.
    after(() => recordView(found.scope, seen));
  }
  const part = entry
    ? await advocateOf(entry.scope, { programId: found.program.id, customerId: entry.customerId })
    : null;
  if (!entry || !part) return <Join found={found} entry={entry} />;
  const terms = await termsOfAdvocate(entry.scope, part.advocate.id, found.program.terms);
  return (
    <Home found={{ ...found, program: { ...found.program, terms } }} entry={entry} part={part} />
  );
}
