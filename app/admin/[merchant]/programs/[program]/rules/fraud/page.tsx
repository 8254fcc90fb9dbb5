import type { Metadata } from "next";
import { FraudEditor } from "@/components/program/rules/editor/fraud-editor";
import { PageHeader } from "@/components/ui/page/page-header";
import { translator } from "@/lib/core/i18n/translator";
import { SIGNAL_KINDS, type SignalKind } from "@/lib/terms/schema";
import { signalTitle } from "@/lib/terms/words/signals";
import { keepFraud } from "../actions";
import { editedProgram } from "../load";

export const metadata: Metadata = { title: "Suspicious referrals" };

type Props = { params: Promise<{ merchant: string; program: string }> };

/** What each kind of signal is called in the dashboard. */
function titlesOf() {
  const t = translator("en");
  const titles = SIGNAL_KINDS.map((kind) => [kind, signalTitle(t, kind)]);
  return Object.fromEntries(titles) as Record<SignalKind, string>;
}

export default async function FraudPage({ params }: Props) {
  const { merchant: slug, program: ref } = await params;
  const { program, rulesHref, shop, crumbs } = await editedProgram(slug, ref);
  return (
    <>
      <PageHeader
        title="Suspicious referrals"
        description="Signals add up to a score. A high one holds the rewards until you decide."
        breadcrumbs={crumbs}
      />
      <FraudEditor
        action={keepFraud.bind(null, slug)}
        program={{ id: program.id, draft: program.draft }}
        titles={titlesOf()}
        shop={shop}
        rulesHref={rulesHref}
      />
    </>
  );
}
