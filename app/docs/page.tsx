import type { Metadata } from "next";
import Link from "next/link";
import { Wordmark } from "@/components/brand/wordmark";
import { SchemaView } from "@/components/docs/fields-table";
import { Words } from "@/components/docs/code-block";
import { Operation } from "@/components/docs/operation";
import { typeOf } from "@/components/docs/schema-fields";
import { Disclosure } from "@/components/ui/content/disclosure";
import { SiteShell } from "@/components/ui/shell/site-shell";
import { ThemeToggle } from "@/components/ui/theme/theme-toggle";
import { publicOrigin } from "@/lib/core/address";
import { openApiDocument } from "../api/v1/document";
import { GUIDE, Guide } from "./guide";
import { type Group, groupsOf, schemasOf } from "./operations";

export const metadata: Metadata = {
  title: "API",
  description: "Goodword's API: every endpoint with its fields, examples and refusals.",
};

/** The documentation of the API, drawn from its description. */
export default function DocsPage() {
  const origin = publicOrigin();
  const document = openApiDocument();
  const groups = groupsOf(document, origin);
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
        <a href={`${origin}/api/v1/openapi.json`} className="underline underline-offset-2">
          OpenAPI description
        </a>
      }
    >
      <div className="grid gap-10 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <nav aria-label="On this page" className="hidden lg:block">
          <div className="sticky top-6 max-h-[calc(100dvh-3rem)] overflow-y-auto pr-2 text-sm">
            <Contents groups={groups} />
          </div>
        </nav>
        <div className="flex min-w-0 flex-col gap-12">
          <header className="max-w-3xl">
            <h1 className="text-3xl font-semibold tracking-tight">API</h1>
            <p className="mt-3 text-[0.9375rem]/6 text-ink-muted">
              <Words>{`Everything that your team can do in the dashboard, your own systems can do here: under \`${origin}/api/v1\`, in JSON.`}</Words>{" "}
              The same description for machines:{" "}
              <a
                href={`${origin}/api/v1/openapi.json`}
                className="text-accent-text underline underline-offset-2"
              >
                openapi.json
              </a>
              .
            </p>
            <Disclosure summary="On this page" className="mt-4 lg:hidden">
              <Contents groups={groups} />
            </Disclosure>
          </header>
          <Guide origin={origin} />
          {groups.map(({ name, id, operations }) => (
            <section
              key={id}
              id={id}
              aria-labelledby={`${id}-title`}
              className="flex scroll-mt-6 flex-col gap-8"
            >
              <h2 id={`${id}-title`} className="text-2xl font-semibold tracking-tight">
                {name}
              </h2>
              {operations.map((operation) => (
                <Operation key={operation.id} operation={operation} />
              ))}
            </section>
          ))}
          <section
            id="schemas"
            aria-labelledby="schemas-title"
            className="flex scroll-mt-6 flex-col gap-8"
          >
            <h2 id="schemas-title" className="text-2xl font-semibold tracking-tight">
              Schemas
            </h2>
            {schemasOf(document).map(({ name, schema }) => (
              <article
                key={name}
                id={`schema-${name}`}
                className="scroll-mt-6 target:bg-accent-soft"
              >
                <h3 className="mb-2 text-base font-semibold">{name}</h3>
                {schema.description ? (
                  <p className="mb-2 max-w-prose text-sm text-ink-muted">
                    <Words>{schema.description}</Words>
                  </p>
                ) : null}
                <SchemaView schema={schema} caption={`Fields of ${name}, ${typeOf(schema)}`} />
              </article>
            ))}
          </section>
        </div>
      </div>
    </SiteShell>
  );
}

function Contents({ groups }: { groups: Group[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {GUIDE.map(({ id, title }) => (
        <Entry key={id} href={`#${id}`}>
          {title}
        </Entry>
      ))}
      {groups.map(({ id, name, operations }) => (
        <li key={id} className="mt-3">
          <a href={`#${id}`} className="font-medium text-ink hover:underline">
            {name}
          </a>
          <ul className="mt-1 flex flex-col gap-1">
            {operations.map((operation) => (
              <Entry key={operation.id} href={`#${operation.id}`}>
                {operation.summary}
              </Entry>
            ))}
          </ul>
        </li>
      ))}
      <li className="mt-3">
        <a href="#schemas" className="font-medium text-ink hover:underline">
          Schemas
        </a>
      </li>
    </ul>
  );
}

function Entry({ href, children }: { href: string; children: string }) {
  return (
    <li>
      <a href={href} className="inline-block py-0.5 text-ink-muted hover:text-ink hover:underline">
        {children}
      </a>
    </li>
  );
}
