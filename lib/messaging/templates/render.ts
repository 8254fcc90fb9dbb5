import { DEFAULT_ACCENT } from "@/lib/core/values/color";
import { HTML_LANG, type Locale } from "@/lib/core/i18n/locales";
import { type Translate, translator } from "@/lib/core/i18n/translator";
import { type RenderedEmail, renderEmail } from "./layout";
import { ALWAYS_SENT, type ShopOfEmails, type TemplateData, type TemplateName } from "../schema";
import { CUSTOMER_TEMPLATES } from "./customer";
import { MEMBER_TEMPLATES, type UserTemplateData, type UserTemplateName } from "./member";

/** The shop in whose name an email is sent. */
export type EmailShop = Omit<ShopOfEmails, "defaultLocale">;

export type CustomerEmail<T extends TemplateName> = {
  template: T;
  data: TemplateData[T];
  locale: Locale;
  shop: EmailShop;
  /** The reader’s name; null where it is unknown. */
  readerName: string | null;
  /** Null for emails that one cannot unsubscribe from. */
  unsubscribeUrl: string | null;
};

/** True for emails about a program, from which one may unsubscribe. */
export function isProgramEmail(template: TemplateName): boolean {
  return !ALWAYS_SENT.includes(template);
}

/** An email to a customer, in their language. Pure. */
export function renderCustomerEmail<T extends TemplateName>(
  email: CustomerEmail<T>,
): RenderedEmail {
  const { shop, locale, data } = email;
  const t = translator(locale);
  const { code = null, ...body } = CUSTOMER_TEMPLATES[email.template](
    { t, locale, shop, timeZone: shop.timeZone },
    data,
  );
  return renderEmail(
    {
      ...body,
      code,
      greeting: email.readerName
        ? t("email.greeting", { name: email.readerName })
        : t("email.greetingNameless"),
      linkFallback: t("email.linkFallback"),
      footer: [
        whyWords(t, email),
        ...(shop.supportEmail ? [t("email.contact", { email: shop.supportEmail })] : []),
      ],
      unsubscribe: email.unsubscribeUrl
        ? { label: t("email.unsubscribe"), url: email.unsubscribeUrl }
        : null,
    },
    { name: shop.name, accentColor: shop.accentColor, lang: HTML_LANG[locale] },
  );
}

/** Why the reader gets this: they joined, accepted an invitation, or asked for it. */
function whyWords<T extends TemplateName>(
  t: Translate,
  { template, data, shop: { name: shop } }: CustomerEmail<T>,
): string {
  if (template === "welcome") return t("email.footerInvited", { shop });
  if (template === "payout_confirm" || template === "payout_changed")
    return t("email.footerPayout", { shop });
  return "programName" in data
    ? t("email.footer", { program: data.programName, shop })
    : t("email.footerTransactional", { shop });
}

/** An email to a user of the dashboard, in their language. Pure. */
export function renderUserEmail<T extends UserTemplateName>(
  template: T,
  data: UserTemplateData[T],
  locale: Locale,
): RenderedEmail {
  const t = translator(locale);
  const { button, footer, ...body } = MEMBER_TEMPLATES[template](t, data);
  return renderEmail(
    {
      ...body,
      greeting: null,
      code: null,
      button: { label: button, url: data.url },
      linkFallback: t("memberEmail.linkFallback"),
      footer: [footer],
      unsubscribe: null,
    },
    { name: "Goodword", accentColor: DEFAULT_ACCENT, lang: HTML_LANG[locale] },
  );
}
