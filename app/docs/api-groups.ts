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

/** The groups of endpoints, each with the address of its page. */
export function groupLinks(): { title: string; href: string }[] {
  return [...new Set(ENDPOINTS.map(({ group }) => group))].map((title) => ({
    title,
    href: `/docs/api/${title.toLowerCase().replaceAll(" ", "-")}`,
  }));
}

/** What the page of a group shows of each of its endpoints. */
export function operationsOf(group: string, document: OpenApi, origin: string): OperationView[] {
  return ENDPOINTS.filter((endpoint) => endpoint.group === group).map((endpoint) => {
    const method = endpoint.method.toLowerCase() as "get" | "post" | "put";
    const operation = document.paths?.[endpoint.path]?.[method] as unknown as Operation;
    return viewOf(endpoint, operation, origin);
  });
}

/** The schemas that have a name, in order of it. */
export function schemasOf(document: OpenApi): { name: string; schema: SchemaNode }[] {
  return Object.entries(document.components?.schemas ?? {})
    .map(([name, schema]) => ({ name, schema: schema as SchemaNode }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function viewOf(endpoint: AnyEndpoint, operation: Operation, origin: string): OperationView {
  const status = String(endpoint.status ?? 200);
  return {
    id: operationId(endpoint),
    method: endpoint.method,
    path: endpoint.path,
    summary: endpoint.summary,
    description: endpoint.description ?? null,
    forPages: endpoint.key === "publishable",
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
          example: endpoint.example.body,
        }
      : null,
    success: {
      status,
      schema: operation.responses[status]!.content["application/json"].schema,
      example: endpoint.example.response,
    },
    refusals: refusalsOf(endpoint).map(([status, codes]) => ({ status, codes })),
    curl: curlOf(endpoint, origin),
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
