import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from "zod-openapi";
import { publicOrigin } from "@/lib/core/address";
import { remembered } from "@/lib/core/collections/remembered";
import { type ErrorCode, statusOf } from "@/lib/core/errors";
import { type AnyEndpoint, ENDPOINTS } from "./endpoints";
import { errorJsonSchema, ERRORS } from "./errors";

const documents = remembered<ReturnType<typeof documentFor>>(10);

/**
 * The API's description in OpenAPI 3.1, made from the schemas that check its requests; once for an
 * origin, since making it takes long and it changes only with the code.
 */
export function openApiDocument() {
  const origin = publicOrigin();
  return documents(origin, () => documentFor(origin));
}

function documentFor(origin: string) {
  const groups = [...new Set(ENDPOINTS.map(({ group }) => group))];
  return createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Goodword",
        version: "1",
        description:
          "Referral programs for your shop. Amounts are decimal text with a currency, times are " +
          "ISO 8601, and lists come newest first in pages. Test keys reach test mode only.",
      },
      servers: [{ url: `${origin}/api/v1` }],
      tags: groups.map((name) => ({ name })),
      security: [{ secretKey: [] }],
      components: {
        securitySchemes: {
          secretKey: {
            type: "http",
            scheme: "bearer",
            description: "gw_live_… or gw_test_…, for your server only.",
          },
          publishableKey: {
            type: "http",
            scheme: "bearer",
            description: "gw_pub_…, for web pages: sends events and reads public program data.",
          },
        },
      },
      paths: pathsOf(ENDPOINTS),
    },
    {
      // Beside its format, the pattern of a time says nothing to anyone.
      override: ({ jsonSchema }) => {
        // Nor does the range in which JavaScript counts.
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        if (jsonSchema.format === "date-time" || jsonSchema.format === "uri")
          delete jsonSchema.pattern;
      },
    },
  );
}

function pathsOf(endpoints: readonly AnyEndpoint[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const endpoint of endpoints)
    (paths[endpoint.path] ??= {})[endpoint.method.toLowerCase()] = operationOf(endpoint);
  return paths as ZodOpenApiPathsObject;
}

/** Every POST takes it. */
const onceHeader = z.object({
  "Idempotency-Key": z
    .string()
    .max(255)
    .optional()
    .meta({
      description:
        "Makes the request count once: the same request under the same key gets the same answer " +
        "for 24 hours, another one under it is refused.",
    }),
});

function operationOf(endpoint: AnyEndpoint): ZodOpenApiOperationObject {
  const { params, query, body, response, example } = endpoint;
  return {
    operationId: operationId(endpoint),
    tags: [endpoint.group],
    summary: endpoint.summary,
    ...(endpoint.description && { description: endpoint.description }),
    ...(endpoint.deprecated && { deprecated: true }),
    ...(endpoint.key === "publishable" && {
      security: [{ secretKey: [] }, { publishableKey: [] }],
    }),
    requestParams: {
      ...(params && { path: params as z.ZodObject }),
      ...(query && { query: query as z.ZodObject }),
      ...(endpoint.method === "POST" && { header: onceHeader }),
    },
    ...(body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: body, example: example.body } },
      },
    }),
    responses: {
      [String(endpoint.status ?? 200)]: {
        description: "Done.",
        content: { "application/json": { schema: response, example: example.response } },
      },
      ...Object.fromEntries(
        refusalsOf(endpoint).map(([status, codes]) => [
          status,
          {
            description: codes
              .map((code) => `${code}: ${ERRORS.find((error) => error.code === code)!.meaning}`)
              .join(" "),
            content: { "application/json": { schema: errorJsonSchema } },
          },
        ]),
      ),
    },
  };
}

/** The codes that an endpoint may refuse with, by their status. */
export function refusalsOf(
  endpoint: Pick<AnyEndpoint, "body" | "params" | "query" | "key" | "errors" | "method">,
): [status: string, codes: ErrorCode[]][] {
  const codes: ErrorCode[] = [
    "invalid_request",
    "unauthenticated",
    ...(endpoint.key === "secret" ? ["forbidden" as const] : []),
    ...(endpoint.errors ?? []),
    ...(endpoint.method === "POST" && !endpoint.errors?.includes("idempotency_conflict")
      ? ["idempotency_conflict" as const]
      : []),
    ...(endpoint.body ? ["payload_too_large" as const, "unsupported_media_type" as const] : []),
    "rate_limited",
    "overloaded",
    "internal",
  ];
  const byStatus = new Map<string, ErrorCode[]>();
  for (const code of codes)
    byStatus.set(String(statusOf(code)), [...(byStatus.get(String(statusOf(code))) ?? []), code]);
  return [...byStatus].sort(([left], [right]) => Number(left) - Number(right));
}

/** "post-rewards-id-void": names the operation here and its place in /docs. */
export function operationId({ method, path }: Pick<AnyEndpoint, "method" | "path">): string {
  return `${method.toLowerCase()}${path.replaceAll(/[{}]/g, "").replaceAll("/", "-")}`;
}
