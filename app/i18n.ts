import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { localeCookie, negotiateLocale } from "@/lib/core/i18n/locales";
import { messagesOf } from "@/lib/core/i18n/translator";

/** The language of a request: as picked before, else as the browser asks. No address carries it. */
export default getRequestConfig(async () => {
  const picked = (await cookies()).get(localeCookie())?.value;
  const locale = negotiateLocale(picked, (await headers()).get("accept-language"));
  return { locale, messages: messagesOf(locale), timeZone: "UTC" };
});
