import type { OperationView } from "@/components/docs/operation";
import type { SchemaNode } from "@/components/docs/schema-fields";
import { type openApiDocument, operationId, refusalsOf } from "../api/v1/document";
import { type AnyEndpoint, ENDPOINTS } from "../api/v1/endpoints";

type OpenApi = ReturnType<typeof openApiDocument>;
type Operation = {
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: SchemaNode;
  }[];
  requestBody?: { content: { "application/json": { schema: SchemaNode } } };
  responses: Record<string, { content: { "application/json": { schema: SchemaNode } } }>;
};

export type Group = { name: string; id: string; operations: OperationView[] };

/** The operations of the description under their headings, with what the page shows of each. */
export function groupsOf(document: OpenApi, origin: string): Group[] {
  const groups = new Map<string, OperationView[]>();
  for (const said of ENDPOINTS) {
    const operation = document.paths?.[said.path]?.[
      said.method.toLowerCase() as "get" | "post" | "put"
    ] as unknown as Operation;
    groups.set(said.group, [...(groups.get(said.group) ?? []), viewOf(said, operation, origin)]);
  }
  return [...groups].map(([name, operations]) => ({
    name,
    id: `api-${name.toLowerCase().replaceAll(" ", "-")}`,
    operations,
  }));
}

/** The schemas that have a name, in order of it. */
export function schemasOf(document: OpenApi): { name: string; schema: SchemaNode }[] {
  return Object.entries(document.components?.schemas ?? {})
    .map(([name, schema]) => ({ name, schema: schema as SchemaNode }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function viewOf(said: AnyEndpoint, operation: Operation, origin: string): OperationView {
  const status = String(said.status ?? 200);
  return {
    id: operationId(said),
    method: said.method,
    path: said.path,
    summary: said.summary,
    description: said.description ?? null,
    forPages: said.key === "publishable",
    parameters: (operation.parameters ?? []).map(
      ({ required = false, description = "", ...parameter }) => ({
        ...parameter,
        required,
        description,
      }),
    ),
    body: operation.requestBody
      ? {
          schema: operation.requestBody.content["application/json"].schema,
          example: said.example.body,
        }
      : null,
    success: {
      status,
      schema: operation.responses[status]!.content["application/json"].schema,
      example: said.example.response,
    },
    refusals: refusalsOf(said).map(([status, codes]) => ({ status, codes })),
    curl: curlOf(said, origin),
  };
}

const ID_IN_PATH: Record<string, string> = {
  Customers: "c-1001",
  Referrals: "ref_…",
  Rewards: "rwd_…",
  Programs: "prg_…",
  Catalogue: "rdm_…",
  "Tiers and badges": "bdg_…",
};

function curlOf({ method, path, group, body, example }: AnyEndpoint, origin: string): string {
  const address = `${origin}/api/v1${path
    .replace("/catalogue/{id}", "/catalogue/itm_…")
    .replace("{id}", ID_IN_PATH[group] ?? "…")
    .replace("{name}", "referral_rate")}${example.query ?? ""}`;
  const lines = [
    `curl ${/[?&]/.test(address) ? `"${address}"` : address}`,
    `-H "Authorization: Bearer $GOODWORD_KEY"`,
  ];
  if (method === "PUT") lines.splice(1, 0, "-X PUT");
  if (method === "POST" && !body) lines.splice(1, 0, "-X POST");
  if (body)
    lines.push(
      `-H "Content-Type: application/json"`,
      `-d '${JSON.stringify(example.body, null, 2)}'`,
    );
  return lines.join(" \\\n  ");
}
