import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import { dateFormat } from "@/lib/core/zones/format";
import type { TemplateData, TemplateName } from "../schema";
import type { EmailContent } from "./layout";

/** What a template knows besides its data: the shop, the language, and the time zone of dates. */
type EmailContext = {
  t: Translate;
  locale: Locale;
  shop: { name: string; shopUrl: string | null };
  timeZone: string;
};

/** What differs from email to email; the frame around it is the same for all. */
type EmailBody = Pick<EmailContent, "subject" | "preview" | "title" | "paragraphs" | "button"> & {
  code?: string;
};

export type Template<T extends TemplateName> = (
  context: EmailContext,
  data: TemplateData[T],
) => EmailBody;

/** A day in words, in the reader’s language. */
export function dateWords({ locale, timeZone }: EmailContext, date: Date): string {
  return dateFormat(locale, { dateStyle: "long", timeZone }).format(date);
}
