import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LocaleSwitch, type LocaleChoice } from "@/components/locale/locale-switch";
import { ShopBrand } from "@/components/shop/shop-brand";
import { AccentScope } from "@/components/ui/theme/accent-scope";
import { NarrowShell } from "@/components/ui/shell/narrow-shell";
import { HTML_LANG, LOCALE_NAMES, LOCALES, type Locale } from "@/lib/core/i18n/locales";
import { chooseLocale } from "./locale-action";

const SHORT: Record<Locale, string> = { en: "EN", sq: "SQ", zh: "中文" };

const CHOICES: LocaleChoice[] = LOCALES.map((locale) => ({
  locale,
  name: LOCALE_NAMES[locale],
  short: SHORT[locale],
  lang: HTML_LANG[locale],
}));

type ShopFrameProps = {
  shop: { name: string; logoUrl: string | null; accentColor: string } | null;
  width?: "form" | "page" | "wide";
  footer?: ReactNode;
  children: ReactNode;
};

/**
 * The frame of every page that customers and friends meet: the shop's logo and accent, and the
 * language switch.
 */
export async function ShopFrame({ shop, width = "form", footer, children }: ShopFrameProps) {
  const t = await getTranslations();
  const locale = await getLocale();
  return (
    <AccentScope accent={shop?.accentColor ?? null}>
      <NarrowShell
        width={width}
        brand={shop ? <ShopBrand name={shop.name} logoUrl={shop.logoUrl} /> : null}
        actions={
          <LocaleSwitch
            label={t("language.choose")}
            choices={CHOICES}
            current={locale}
            action={chooseLocale}
          />
        }
        footer={footer}
        skipLabel={t("refer.skip")}
      >
        {children}
      </NarrowShell>
    </AccentScope>
  );
}
