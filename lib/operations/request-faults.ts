import { isOverdue, isPassing } from "@/lib/core/errors";

/**
 * Why a request failed, where it is no fault of ours: Next answers any error 500, and `server.ts`
 * tells these apart by the number it gave each request in this header.
 */
export const REQUEST_HEADER = "x-goodword-request";

/**
 * A body that is not what its headers say, a database that does not answer (in time), or more asked
 * at once than one shop may have.
 */
export type RequestFault = "unreadable" | "unavailable" | "overloaded";

// Next bundles its own copy of this module; on the global object, both see the same map.
const globals = globalThis as typeof globalThis & {
  goodwordRequestFaults?: Map<string, RequestFault>;
};
const faults = (globals.goodwordRequestFaults ??= new Map());

/** Notes why a request failed. For Next's `onRequestError`. */
export function noteFault(
  error: unknown,
  request: { headers: NodeJS.Dict<string | string[]> },
): void {
  const number = request.headers[REQUEST_HEADER];
  const fault = faultOf(error);
  if (typeof number === "string" && fault) faults.set(number, fault);
}

/** Why the request with this number failed; null if nothing is known of it. Asked once. */
export function takeFault(number: string): RequestFault | null {
  const fault = faults.get(number) ?? null;
  faults.delete(number);
  return fault;
}

function faultOf(error: unknown): RequestFault | null {
  // By its code: Next has its own copy of the class.
  if ((error as { code?: string } | null)?.code === "overloaded") return "overloaded";
  if (isPassing(error) || isOverdue(error)) return "unavailable";
  // What the platform says of a form that is none; it has no code.
  const { message = "" } = (error ?? {}) as { message?: string };
  return /parse body as FormData|Unexpected end of form|Boundary not found/i.test(message)
    ? "unreadable"
    : null;
}
