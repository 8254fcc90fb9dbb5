import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { themeCookie, themeFrom } from "@/components/ui/theme/theme";
import { HTML_LANG, localeCookie, negotiateLocale } from "@/lib/core/i18n/locales";
import { FONT_CLASSES } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Goodword", template: "%s · Goodword" },
  description: "A referral program that runs on your own server.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf7f2" },
    { media: "(prefers-color-scheme: dark)", color: "#151310" },
  ],
};

/**
 * html and body: fonts, the visitor's language, and the visitor's scheme from its cookie, so that
 * the first paint is already right.
 */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const theme = themeFrom(jar.get(themeCookie())?.value);
  const locale = negotiateLocale(
    jar.get(localeCookie())?.value,
    (await headers()).get("accept-language"),
  );
  return (
    <html lang={HTML_LANG[locale]} data-theme={theme ?? undefined} className={FONT_CLASSES}>
      <body className="font-sans">{children}</body>
    </html>
  );
}
