import type { z } from "zod";
import type { ErrorCode } from "@/lib/core/errors";

/**
 * The parameters of an address: an object, so that those it does not name can be refused. An answer
 * to a question that was not understood would be a wrong number.
 */
export type QuerySchema<Q> = z.ZodType<Q> & { shape: Readonly<Record<string, unknown>> };

/**
 * One endpoint of the public API, said once: its route checks requests by it, the compiler checks
 * what the route answers by it, and the API's description is made from it.
 */
export type Endpoint<P = undefined, Q = undefined, B = undefined, R = unknown> = {
  method: "GET" | "POST" | "PUT";
  /** Below /api/v1, as "/rewards/{id}". */
  path: `/${string}`;
  /** The heading that it stands under in the documentation. */
  group: string;
  /** What it does in a few words, and what one should know beyond that. */
  summary: string;
  description?: string;
  /** Still served, but nothing new should call it. */
  deprecated?: boolean;
  /**
   * "secret" admits secret keys only; "publishable" admits both kinds, and browsers of other sites.
   */
  key: "secret" | "publishable";
  params?: z.ZodType<P>;
  query?: QuerySchema<Q>;
  body?: z.ZodType<B>;
  /** Of a success; 200 by default. */
  status?: number;
  /** See `apiRoute`. */
  commitsItself?: boolean;
  response: z.ZodType<R>;
  /** Refusals beyond those that any endpoint may give. */
  errors?: readonly ErrorCode[];
  /** Shown in the documentation; checked against the schemas by a test. */
  example: { query?: string; body?: unknown; response: R };
};

/** Says an endpoint; its types come from its schemas. */
export function endpoint<P = undefined, Q = undefined, B = undefined, R = unknown>(
  said: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return said;
}
