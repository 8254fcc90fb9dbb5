import { Words } from "./code-block";
import { fieldRows, type FieldRow, type SchemaNode, variantsOf } from "./schema-fields";

/** The fields of a schema; where it may look several ways, each way. */
export function SchemaView({ schema, caption }: { schema: SchemaNode; caption: string }) {
  const variants = variantsOf(schema);
  return (
    <div className="flex flex-col gap-4">
      {variants.map((variant, index) => (
        <div key={index} className="flex flex-col gap-2">
          {index > 0 ? <p className="text-sm text-ink-muted">or</p> : null}
          {variant.$ref ? (
            <p className="text-sm">
              <SchemaLink name={variant.$ref.split("/").at(-1)!} />
            </p>
          ) : null}
          <FieldsTable rows={fieldRows(variant)} caption={caption} />
        </div>
      ))}
    </div>
  );
}

export function FieldsTable({ rows, caption }: { rows: FieldRow[]; caption: string }) {
  if (rows.length === 0) return null;
  return (
    <dl aria-label={caption} className="divide-y divide-line border-y border-line text-sm">
      {rows.map((row) => (
        <div
          key={row.name}
          className="grid gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]"
        >
          <dt className="min-w-0 font-mono text-[0.8125rem] break-words">
            {row.name}
            {row.required ? null : (
              <span className="font-sans text-xs text-ink-muted"> optional</span>
            )}
          </dt>
          <dd className="min-w-0 break-words text-ink-muted">
            <span className="text-ink">
              {row.reference ? <TypeLink type={row.type} name={row.reference} /> : row.type}
            </span>
            {row.description ? (
              <>
                {" "}
                · <Words>{row.description}</Words>
              </>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function TypeLink({ type, name }: { type: string; name: string }) {
  const [before, after] = type.split(name);
  return (
    <>
      {before}
      <SchemaLink name={name} />
      {after}
    </>
  );
}

function SchemaLink({ name }: { name: string }) {
  return (
    <a
      href={`/docs/schemas#schema-${name}`}
      className="font-medium text-accent-text underline underline-offset-2"
    >
      {name}
    </a>
  );
}
