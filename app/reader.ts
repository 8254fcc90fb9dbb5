import { cookies, headers } from "next/headers";
import { getLocale } from "next-intl/server";
import type { ActionResult } from "@/lib/core/action-result";
import { failed } from "@/lib/core/action-result";
import { asLocale, type Locale, localeCookie, wishedLocale } from "@/lib/core/i18n/locales";
import { type Translate, translator } from "@/lib/core/i18n/translator";

/**
 * The language of the one who reads, and its words: for pages and actions of customers and friends.
 */
export async function reader(): Promise<{ locale: Locale; t: Translate }> {
  const locale = asLocale(await getLocale());
  return { locale, t: translator(locale) };
}

/**
 * The language that may be remembered of whoever reads: null when they ask for none that we have,
 * and read English only for want of theirs.
 */
export async function readersWish(): Promise<Locale | null> {
  const picked = (await cookies()).get(localeCookie())?.value;
  return wishedLocale(picked, (await headers()).get("accept-language"));
}

/** The fields whose errors are worded for customers and friends. */
const FIELDS = ["email", "alias", "name", "iban", "holder", "paypal", "details", "kind"] as const;

/** What actions say to members is English; here the same refusal in the reader's words. */
export async function inReadersWords<T>(result: ActionResult<T>): Promise<ActionResult<T>> {
  if (result.ok) return result;
  const { t } = await reader();
  const field = FIELDS.find((name) => result.fieldErrors[name]);
  if (field) return failed(t("errors.marked"), { [field]: t(`errors.${field}`) }, result.code);
  const words =
    result.code === "rate_limited"
      ? t("errors.busy")
      : result.code === "unauthenticated"
        ? t("errors.signedOut")
        : t("errors.other");
  return failed(words, {}, result.code);
}
