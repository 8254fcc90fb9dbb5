"use client";

import { useState } from "react";
import { PromiseCard } from "../../../shop/promise-card";
import { Card } from "@/components/ui/content/card";
import { RadioGroup } from "@/components/ui/controls/choice";
import { type Locale, LOCALE_NAMES, LOCALES } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import { type Problem } from "@/lib/terms/form";
import { ruleGives, ruleLimits, ruleWhen } from "@/lib/terms/words/staff";
import type { Rule, Side, Terms } from "@/lib/terms/schema";
import { promiseLines } from "@/lib/terms/words/promises";
import { type TermNames } from "@/lib/terms/words/context";
import { useEditorShop } from "./editor-context";
import { termNames } from "@/components/terms/terms-shop";

type RulePreviewProps = {
  rule: Rule;
  problems: readonly Problem[];
  /** The draft that the rule stands in. */
  terms: Terms;
};

/** The rule in plain words, and what customers and friends will read of it. */
export function RulePreview({ rule, problems, terms }: RulePreviewProps) {
  const [locale, setLocale] = useState<Locale>("en");
  const shop = useEditorShop();
  const names = termNames(shop);
  if (problems.length > 0) return <Unfinished count={problems.length} />;
  const t = translator(locale);
  const alone: Terms = { ...terms, rules: [{ ...rule, off: undefined }] };
  const lines = (reader: Side) => promiseLines(t, alone, rule.side, reader, locale, names);
  const friends = lines("friend");
  const label = (reader: Side) =>
    reader === rule.side
      ? t(reader === "friend" ? "invite.youGet" : "join.youGet")
      : reader === "friend"
        ? t("invite.theyGet", { name: "Ana" })
        : t("join.friendGets");
  return (
    <div className="flex flex-col gap-4">
      <InWords rule={rule} terms={terms} names={names} />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-medium">What people read</h2>
        <RadioGroup
          name="previewLocale"
          legend="Language of the preview"
          hideLegend
          look="segments"
          value={locale}
          onValueChange={(value) => setLocale(value as Locale)}
          choices={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
        />
      </div>
      <div lang={locale} className="flex flex-col gap-3">
        <Read who="On the customer’s page">
          <PromiseCard label={label("advocate")} lines={lines("advocate")} />
        </Read>
        {friends.length > 0 ? (
          <Read who="On the invitation">
            <PromiseCard label={label("friend")} lines={friends} look="second" />
          </Read>
        ) : (
          <p className="text-[0.8125rem]/5 text-ink-muted" lang="en">
            Not shown on the invitation: it is between you and the advocate.
          </p>
        )}
      </div>
    </div>
  );
}

function Read({ who, children }: { who: string; children: React.ReactNode }) {
  return (
    <div>
      <p lang="en" className="mb-1.5 text-[0.8125rem]/5 text-ink-muted">
        {who}
      </p>
      {children}
    </div>
  );
}

function Unfinished({ count }: { count: number }) {
  return (
    <Card>
      <h2 className="text-sm font-medium">In words</h2>
      <p className="mt-1.5 text-sm text-ink-muted">
        {count === 1 ? "1 field needs attention." : `${count} fields need attention.`} The rule
        appears here in words once it is complete.
      </p>
    </Card>
  );
}

type InWordsProps = { rule: Rule; terms: Terms; names: TermNames };

function InWords({ rule, terms, names }: InWordsProps) {
  const limits = ruleLimits(rule, terms);
  return (
    <Card>
      <h2 className="text-sm font-medium">In words</h2>
      <p className="mt-1.5 text-[0.9375rem]/6" aria-live="polite">
        <span className="text-ink-muted">{ruleWhen(rule, terms.currency, names)}.</span>{" "}
        <span className="font-medium">{ruleGives(rule, terms.currency)}.</span>
      </p>
      {limits.length > 0 ? (
        <ul className="mt-2 flex flex-col gap-0.5 text-sm/6 text-ink-muted">
          {limits.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
