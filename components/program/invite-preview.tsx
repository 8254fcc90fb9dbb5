"use client";

import { useState } from "react";
import { AccentScope } from "../ui/accent-scope";
import { buttonClass } from "../ui/button";
import { RadioGroup } from "../ui/choice";
import { type Locale, LOCALE_NAMES, LOCALES } from "@/lib/core/i18n/locales";
import { type Translate, translator } from "@/lib/core/i18n/translator";
import type { FormField } from "@/lib/programs/form";
import type { Side, Terms } from "@/lib/programs/schema";
import { holdWords, sideWords, triggerWords } from "@/lib/programs/wording";

export type PreviewShop = { name: string; accentColor: string; logoUrl: string | null };

type InvitePreviewProps = { terms: Terms; unclear: ReadonlySet<FormField>; shop: PreviewShop };

/** The page that a friend will see, in each language, from terms that may still be unfinished. */
export function InvitePreview({ terms, unclear, shop }: InvitePreviewProps) {
  const [locale, setLocale] = useState<Locale>("en");
  const t = translator(locale);
  const friendGets = unclearSide(unclear, "friend") ? "…" : sideWords(t, terms, "friend", locale);
  const advocateGets = unclearSide(unclear, "advocate") ? "…" : sideWords(t, terms, "advocate", locale);
  const smallPrint = terms.termsText[locale] || terms.termsText.en;
  const atShop = terms.destination.kind === "shop";
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-medium">What the friend sees</h2>
        <RadioGroup
          name="previewLocale" legend="Language of the preview" hideLegend look="segments" value={locale}
          onValueChange={(value) => setLocale(value as Locale)}
          choices={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
        />
      </div>
      <AccentScope accent={shop.accentColor}>
        <div lang={locale} className="overflow-hidden rounded-card border border-line-strong/50 bg-paper shadow-float">
          <div className="flex items-center gap-2.5 border-b border-line px-5 py-3 text-sm font-semibold">
            {shop.logoUrl ? <img src={shop.logoUrl} alt="" className="max-h-6 max-w-24 object-contain" /> : null}
            <span className="truncate">{shop.name}</span>
          </div>
          <div className="flex flex-col gap-5 px-5 py-6">
            <p className="text-xl/7 font-semibold tracking-tight text-balance">{t("invite.title", { name: "Ana", shop: shop.name })}</p>
            {friendGets ? (
              <Promise label={t("invite.youGet")} gets={friendGets} large note={noteOf(t, terms, "friend", unclear, locale)} />
            ) : (
              <p className="text-sm text-ink-muted">{t("invite.thanks", { name: "Ana", shop: shop.name })}</p>
            )}
            {advocateGets ? (
              <Promise label={t("invite.theyGet", { name: "Ana" })} gets={advocateGets} note={noteOf(t, terms, "advocate", unclear, locale)} />
            ) : null}
            <div aria-hidden="true" className="flex flex-col gap-1.5">
              <span className="text-sm font-medium">{t("invite.email")}</span>
              <span className="flex min-h-12 items-center rounded-control border border-line-strong bg-raised px-3 text-ink-muted">
                {t("invite.emailPlaceholder")}
              </span>
              <span className={`${buttonClass({ variant: "primary", size: "lg", block: true })} mt-2`}>{t("invite.accept")}</span>
            </div>
            <ul className="flex flex-col gap-1 text-[0.8125rem]/5 text-ink-muted">
              {terms.newCustomersOnly ? <li>{t("when.newCustomers")}</li> : null}
              {unclear.has("windowDays") ? null : <li>{t("when.window", { days: terms.windowDays })}</li>}
            </ul>
            {smallPrint ? (
              <div className="border-t border-line pt-4 text-[0.8125rem]/5 text-ink-muted">
                <p className="font-medium text-ink">{t("invite.terms")}</p>
                <p className="mt-1 line-clamp-6 whitespace-pre-line [overflow-wrap:anywhere]">{smallPrint}</p>
              </div>
            ) : null}
          </div>
        </div>
      </AccentScope>
      <p className="text-[0.8125rem]/5 text-ink-muted">
        {atShop
          ? "Your links lead straight to your shop. This page stays at the code’s own address."
          : "Ana stands for whoever invites."}
      </p>
    </div>
  );
}

function Promise({ label, gets, note, large }: { label: string; gets: string; note: string | null; large?: boolean }) {
  return (
    <div>
      <p className="text-sm text-ink-muted">{label}</p>
      <p className={large ? "figure mt-0.5 text-3xl/9 font-semibold tracking-[-0.02em] text-accent-text [overflow-wrap:anywhere]" : "figure mt-0.5 text-lg/7 font-semibold [overflow-wrap:anywhere]"}>
        {gets}
      </p>
      {note ? <p className="mt-0.5 text-[0.8125rem]/5 text-ink-muted">{note}</p> : null}
    </div>
  );
}

function noteOf(t: Translate, terms: Terms, side: Side, unclear: ReadonlySet<FormField>, locale: Locale): string | null {
  const rule = terms.rules.find((candidate) => candidate.side === side);
  if (!rule || unclear.has("triggerAmount") || unclear.has("goalType")) return null;
  // Both promises are read by the friend here.
  const when = triggerWords(t, terms, rule, "friend", locale);
  return rule.holdDays > 0 && !unclear.has("holdDays") ? `${when}. ${holdWords(t, rule.holdDays)}.` : `${when}.`;
}

function unclearSide(unclear: ReadonlySet<FormField>, side: Side): boolean {
  return unclear.has(`${side}Amount`) || unclear.has(`${side}Gift`) || unclear.has(`${side}Benefit`);
}
