"use client";

import { useState } from "react";
import { InviteView } from "../../invite/invite-view";
import { ShopBrand } from "../../shop/shop-brand";
import { cx } from "@/components/ui/cx";
import { AccentScope } from "@/components/ui/theme/accent-scope";
import { buttonClass } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { type Locale, LOCALE_NAMES, LOCALES } from "@/lib/core/i18n/locales";
import { type Translate, translator } from "@/lib/core/i18n/translator";
import type { ProgramField } from "@/lib/programs/forms/program-form";
import { inviteWords } from "@/lib/terms/words/invite";
import { ALWAYS, type Side, type Terms } from "@/lib/terms/schema";

export type PreviewShop = {
  name: string;
  accentColor: string;
  logoUrl: string | null;
  timeZone: string;
};

type InvitePreviewProps = { terms: Terms; unclear: ReadonlySet<ProgramField>; shop: PreviewShop };

/** The friend’s page in each language, from terms that may still be unfinished. */
export function InvitePreview({ terms, unclear, shop }: InvitePreviewProps) {
  const [locale, setLocale] = useState<Locale>("en");
  const t = translator(locale);
  const words = inviteWords(
    t,
    { terms: readable(terms, unclear), shop: shop.name, inviter: "Ana", timeZone: shop.timeZone },
    locale,
  );
  const friend = isUnclear(unclear, "friend") ? { ...words.friend, lines: TO_COME } : words.friend;
  const advocate = isUnclear(unclear, "advocate")
    ? { ...words.advocate, lines: TO_COME }
    : words.advocate;
  const gist = [friend, advocate]
    .flatMap(({ label, lines }) => lines.map((line) => `${label}: ${line.words}.`))
    .join(" ");
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-medium">What the friend sees</h2>
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
      <AccentScope accent={shop.accentColor}>
        <div
          role="img"
          lang={locale}
          aria-label={`${words.heading}. ${gist}`}
          className={cx(
            "overflow-hidden rounded-card border border-line-strong/50",
            "bg-paper shadow-float",
          )}
        >
          {/* A picture of the page: nothing in it can be pressed or reached by keyboard. */}
          <div inert>
            <div className="flex items-center border-b border-line px-5 py-3">
              <ShopBrand name={shop.name} logoUrl={shop.logoUrl} />
            </div>
            <div className="px-5 py-6">
              <InviteView {...words} friend={friend} advocate={advocate}>
                <AcceptForm t={t} />
              </InviteView>
            </div>
          </div>
        </div>
      </AccentScope>
      <p className="text-[0.8125rem]/5 text-ink-muted">
        {terms.destination.kind === "shop"
          ? "Links lead straight to your shop; this page opens for a code on its own."
          : "Ana stands for whoever invites."}
      </p>
    </div>
  );
}

/** The friend's form as a picture: nothing can be typed. */
function AcceptForm({ t }: { t: Translate }) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-sm font-medium">{t("invite.email")}</span>
      <span
        className={cx(
          "flex min-h-12 items-center rounded-control border border-line-strong",
          "bg-raised px-3 text-ink-muted",
        )}
      >
        {t("invite.emailPlaceholder")}
      </span>
      <span className={cx(buttonClass({ variant: "primary", size: "lg", block: true }), "mt-2.5")}>
        {t("invite.accept")}
      </span>
    </div>
  );
}

const TO_COME = [{ words: "…", when: "", hold: null }];

function isUnclear(unclear: ReadonlySet<ProgramField>, side: Side): boolean {
  return unclear.has(`${side}Amount`) || unclear.has(`${side}Gift`);
}

/** The terms without what cannot be read yet, so that the rest can be put into words. */
function readable(terms: Terms, unclear: ReadonlySet<ProgramField>): Terms {
  return {
    ...terms,
    rules: terms.rules.filter(({ side }) => !isUnclear(unclear, side)),
    qualification: unclear.has("triggerAmount")
      ? { ...terms.qualification, conditions: ALWAYS }
      : terms.qualification,
  };
}
