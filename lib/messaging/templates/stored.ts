import type { Locale } from "@/lib/core/i18n/locales";
import { unsubscribeUrl } from "../rules/unsubscribe-link";
import type { TemplateData, TemplateName } from "../schema";
import type { RenderedEmail } from "./layout";
import { type EmailShop, isProgramEmail, renderCustomerEmail } from "./render";

/**
 * What an email says, as it was decided: kept as JSON, and worded when it is sent or looked at. The
 * shop is part of it, so a name changed later changes no email that is on record.
 */
export type FrozenContent<T extends TemplateName = TemplateName> = {
  shop: EmailShop;
  readerName: string | null;
  data: TemplateData[T];
};

/** An email's row: its words, or what they are made from. */
export type StoredEmail = {
  merchantId: string;
  template: string;
  customerId: string | null;
  locale: string;
  /** As JSON has it. */
  content: unknown;
  subject: string | null;
  text: string | null;
  html: string | null;
};

/** The words of an email: as they were sent, or as they will be. */
export function wordsOf(email: StoredEmail): RenderedEmail {
  const { subject, text, html, merchantId, customerId } = email;
  if (subject !== null && text !== null && html !== null) return { subject, text, html };
  const template = email.template as TemplateName;
  const { shop, readerName, data } = email.content as FrozenContent;
  return renderCustomerEmail({
    template,
    data: withDates(data),
    locale: email.locale as Locale,
    shop,
    readerName,
    unsubscribeUrl:
      isProgramEmail(template) && customerId !== null
        ? unsubscribeUrl({ merchantId, customerId })
        : null,
  });
}

type Data = TemplateData[TemplateName];
type DatesOf<D> = {
  [Name in keyof D]-?: Extract<D[Name], Date> extends never ? never : Name;
}[keyof D];
type DateName = Data extends infer D ? (D extends Data ? DatesOf<D> : never) : never;

/** The dates among the data of all templates, which JSON has as text. */
const DATES: Record<DateName, true> = {
  heldUntil: true,
  expiresAt: true,
  keepUntil: true,
  at: true,
  usableFrom: true,
};

function withDates(data: Data): Data {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) =>
      name in DATES && typeof value === "string" ? [name, new Date(value)] : [name, value],
    ),
  ) as Data;
}
