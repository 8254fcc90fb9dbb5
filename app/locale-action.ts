"use server";

import { refresh } from "next/cache";
import { cookies } from "next/headers";
import { LOCALE_COOKIE, matchLocale } from "@/lib/core/i18n/locales";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers the language that someone picked, for this browser. */
export async function chooseLocale(form: FormData): Promise<void> {
  const locale = matchLocale(String(form.get("locale") ?? ""));
  if (!locale) return;
  (await cookies()).set(LOCALE_COOKIE, locale, {
    path: "/",
    maxAge: YEAR_SECONDS,
    sameSite: "lax",
    httpOnly: true,
  });
  refresh();
}
