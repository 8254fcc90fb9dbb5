import type { Metadata } from "next";
import { Link } from "@/components/ui/controls/link";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/brand/wordmark";
import { DocsNav } from "@/components/docs/docs-nav";
import { Disclosure } from "@/components/ui/content/disclosure";
import { SiteShell } from "@/components/ui/shell/site-shell";
import { ThemeToggle } from "@/components/ui/theme/theme-toggle";
import { publicOrigin } from "@/lib/core/address";
import { groupLinks } from "./api-groups";
import { GUIDE, guideHref } from "./guide";

export const metadata: Metadata = {
  title: { default: "Developer docs", template: "%s · Goodword docs" },
  description: "How to connect a shop to Goodword: guide, every endpoint, and every field.",
};

/** The documentation: its contents beside every page, folded above it on a phone. */
export default function DocsLayout({ children }: { children: ReactNode }) {
  const contents = (
    <DocsNav
      sections={[
        {
          title: "Guide",
          links: GUIDE.map(({ slug, title }) => ({ title, href: guideHref(slug) })),
        },
        {
          title: "API reference",
          links: [...groupLinks(), { title: "Schemas", href: "/docs/schemas" }],
        },
      ]}
    />
  );
  return (
    <SiteShell
      lang="en"
      brand={
        <Link href="/" aria-label="Goodword">
          <Wordmark />
        </Link>
      }
      actions={<ThemeToggle />}
      footer={
        <a href={`${publicOrigin()}/api/v1/openapi.json`} className="underline underline-offset-2">
          OpenAPI description
        </a>
      }
    >
      <div className="grid gap-8 lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-10">
        <Disclosure summary="Contents" className="lg:hidden">
          {contents}
        </Disclosure>
        <div className="hidden lg:block">
          <div className="sticky top-6 max-h-[calc(100dvh-3rem)] overflow-y-auto pr-2">
            {contents}
          </div>
        </div>
        <div className="min-w-0">{children}</div>
      </div>
    </SiteShell>
  );
}
