import { Badge } from "@/components/ui/content/badge";
import { Disclosure } from "@/components/ui/content/disclosure";
import { CodeBlock, Words } from "./code-block";
import { FieldsTable, SchemaView } from "./fields-table";
import { type SchemaNode, typeOf } from "./schema-fields";

/** One operation of the description, as far as it is shown. */
export type OperationView = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  forPages: boolean;
  parameters: {
    name: string;
    in: string;
    required: boolean;
    description: string;
    schema: SchemaNode;
  }[];
  body: { schema: SchemaNode; example: unknown } | null;
  success: { status: string; schema: SchemaNode; example: unknown };
  refusals: { status: string; codes: string[] }[];
  curl: string;
};

/** An endpoint: what it takes, what it returns, an example of both, and how it may fail. */
export function Operation({ operation }: { operation: OperationView }) {
  const {
    id,
    method,
    path,
    summary,
    description,
    forPages,
    parameters,
    body,
    success,
    refusals,
    curl,
  } = operation;
  return (
    <article id={id} className="scroll-mt-6 border-t border-line pt-8">
      <h2 className="text-lg font-semibold tracking-tight">{summary}</h2>
      <p className="mt-1.5 flex flex-wrap items-center gap-2">
        <Badge tone={method === "GET" ? "neutral" : "accent"}>{method}</Badge>
        <code className="min-w-0 font-mono text-sm break-all">/api/v1{path}</code>
        {forPages ? (
          <Badge title="A publishable key may call it, from any web page.">
            publishable key too
          </Badge>
        ) : null}
      </p>
      {description ? (
        <p className="mt-3 max-w-prose text-[0.9375rem]/6">
          <Words>{description}</Words>
        </p>
      ) : null}
      <div className="mt-5 grid gap-6 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          {parameters.length > 0 ? (
            <Part title="Parameters">
              <FieldsTable
                caption={`Parameters of ${summary}`}
                rows={parameters.map(parameterRow)}
              />
            </Part>
          ) : null}
          {body ? (
            <Part title="Body">
              <SchemaView schema={body.schema} caption={`Body of ${summary}`} />
            </Part>
          ) : null}
          <Part title={`Response, ${success.status}`}>
            <Disclosure summary="Fields">
              <SchemaView schema={success.schema} caption={`Response of ${summary}`} />
            </Disclosure>
          </Part>
          <Part title="Errors">
            <ErrorCodes refusals={refusals} />
          </Part>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <CodeBlock label="Request" code={curl} copy />
          <CodeBlock
            label={`Response, ${success.status}`}
            code={JSON.stringify(success.example, null, 2)}
          />
        </div>
      </div>
    </article>
  );
}

function ErrorCodes({ refusals }: Pick<OperationView, "refusals">) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {refusals.map(({ status, codes }) => (
        <li key={status} className="flex min-w-0 flex-wrap gap-x-2">
          <span className="figure text-ink-muted">{status}</span>
          {codes.map((code) => (
            <a
              key={code}
              href={`/docs/errors#error-${code.replaceAll("_", "-")}`}
              className={
                "inline-flex min-h-6 items-center font-mono text-[0.8125rem] break-all " +
                "text-accent-text underline underline-offset-2"
              }
            >
              {code}
            </a>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h3 className="mb-1.5 text-xs font-medium text-ink-muted">{title}</h3>
      {children}
    </div>
  );
}

function parameterRow({
  name,
  in: where,
  required,
  description,
  schema,
}: OperationView["parameters"][number]) {
  const byDefault = "default" in schema ? `Default: ${JSON.stringify(schema.default)}.` : "";
  return {
    name: where === "path" ? `{${name}}` : `?${name}`,
    required,
    reference: null,
    type: typeOf(schema),
    description: [description, byDefault].filter(Boolean).join(" "),
  };
}
