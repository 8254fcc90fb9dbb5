import type { Metadata } from "next";
import { Words } from "@/components/docs/code-block";
import { SchemaView } from "@/components/docs/fields-table";
import { OnThisPage } from "@/components/docs/on-this-page";
import { typeOf } from "@/components/docs/schema-fields";
import { openApiDocument } from "../../api/v1/document";
import { schemasOf } from "../api-groups";

export const metadata: Metadata = { title: "Schemas" };

/** The objects that several endpoints share. */
export default function SchemasPage() {
  const schemas = schemasOf(openApiDocument());
  return (
    <div className="flex flex-col gap-8">
      <header className="flex flex-col gap-4">
        <h1 className="text-3xl font-semibold tracking-tight">Schemas</h1>
        <OnThisPage headings={schemas.map(({ name }) => ({ id: `schema-${name}`, title: name }))} />
      </header>
      {schemas.map(({ name, schema }) => (
        <article key={name} id={`schema-${name}`} className="scroll-mt-6 target:bg-accent-soft">
          <h2 className="mb-2 text-lg font-semibold">{name}</h2>
          {schema.description ? (
            <p className="mb-2 max-w-prose text-sm text-ink-muted">
              <Words>{schema.description}</Words>
            </p>
          ) : null}
          <SchemaView schema={schema} caption={`Fields of ${name}, ${typeOf(schema)}`} />
        </article>
      ))}
    </div>
  );
}
