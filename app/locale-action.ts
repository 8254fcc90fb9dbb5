"use server";

import { refresh } from "next/cache";
import { cookies } from "next/headers";
import { cookieFlags } from "@/lib/core/address";
import { localeCookie, matchLocale } from "@/lib/core/i18n/locales";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers the language that someone picked, for this browser. */
export async function chooseLocale(form: FormData): Promise<void> {
  const locale = matchLocale(String(form.get("locale") ?? ""));
  if (!locale) return;
  (await cookies()).set(localeCookie(), locale, {
    ...cookieFlags(),
    maxAge: YEAR_SECONDS,
  });
  refresh();
}
