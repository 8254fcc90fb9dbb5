import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { reader } from "@/app/reader";
import { customerScope } from "@/lib/auth/customer";
import { advocateOf } from "@/lib/customers/queries/customers";
import { CustomerFrame } from "../_home/customer-frame";
import { loadProgram } from "../load";
import { Missing } from "../missing";
import { BalanceSection, EarnSection } from "./balance-section";
import { HistorySection } from "./history-section";
import { MineSection, ShopSection } from "./shop-section";

type Props = {
  params: Promise<{ program: string }>;
  searchParams: Promise<{ cursor?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await reader();
  return { title: { absolute: t("points.title") } };
}

/**
 * A customer's points: what they have, how to get more, what they buy, and everything that moved.
 */
export default async function PointsPage({ params, searchParams }: Props) {
  const { program: slug } = await params;
  const { cursor } = await searchParams;
  const found = await loadProgram(slug);
  if (!found) return <Missing />;
  const entry = await customerScope(slug);
  if (!entry) redirect(`/refer/${encodeURIComponent(slug)}`);
  const { t, locale } = await reader();
  const part = await advocateOf(entry.scope, {
    programId: found.program.id,
    customerId: entry.customerId,
  });
  const context = { found, entry, arm: part?.advocate.arm ?? null, t, locale };
  return (
    <CustomerFrame found={found} entry={entry}>
      <h1 className="text-[1.75rem]/9 font-semibold tracking-tight">{t("points.title")}</h1>
      <BalanceSection {...context} />
      <ShopSection {...context} />
      <EarnSection {...context} />
      <MineSection {...context} />
      <HistorySection {...context} cursor={typeof cursor === "string" ? cursor : null} />
    </CustomerFrame>
  );
}
