import type { z } from "zod";
import type { ErrorCode } from "@/lib/core/errors";

/**
 * The query parameters of an endpoint: an object schema, so that unknown ones can be refused.
 * Ignoring a misspelt filter would answer another question than was asked.
 */
export type QuerySchema<Q> = z.ZodType<Q> & { shape: Readonly<Record<string, unknown>> };

/**
 * The definition of one endpoint of the public API. Its route validates requests by it, the
 * compiler checks responses by it, and openapi.json and /docs are made from it.
 */
export type Endpoint<P = undefined, Q = undefined, B = undefined, R = unknown> = {
  method: "GET" | "POST" | "PUT";
  /** The path below /api/v1, such as "/rewards/{id}". */
  path: `/${string}`;
  /** Its section in the documentation. */
  group: string;
  /** What it does in a few words; `description` says the rest. */
  summary: string;
  description?: string;
  /** Deprecated: still served, but new integrations should not call it. */
  deprecated?: boolean;
  /**
   * "secret" admits secret keys only; "publishable" admits both kinds, and browsers of other sites.
   */
  key: "secret" | "publishable";
  params?: z.ZodType<P>;
  query?: QuerySchema<Q>;
  body?: z.ZodType<B>;
  /** The status of a success; 200 by default. */
  status?: number;
  /** See `apiRoute`. */
  commitsItself?: boolean;
  response: z.ZodType<R>;
  /** Error codes beyond those of every endpoint. */
  errors?: readonly ErrorCode[];
  /** Shown in the documentation; checked against the schemas by a test. */
  example: { query?: string; body?: unknown; response: R };
};

/** Defines an endpoint; its types are inferred from its schemas. */
export function endpoint<P = undefined, Q = undefined, B = undefined, R = unknown>(
  said: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return said;
}
