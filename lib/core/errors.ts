/** Stable codes: an API answer's `error.code`, and the anchor of its place in the documentation. */
export type ErrorCode =
  | "invalid_request"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "idempotency_conflict"
  | "rate_limited"
  | "payload_too_large"
  | "unsupported_media_type"
  | "overloaded"
  | "internal"
  // Why something in the catalogue cannot be had.
  | "not_offered"
  | "sold_out"
  | "limit_reached"
  | "tier_required"
  | "not_enough_points"
  // Why an event is not taken.
  | "reserved_type"
  | "secret_key_required"
  | "currency_mismatch"
  | "in_the_future"
  | "not_stored";

const STATUS: Record<ErrorCode, number> = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_conflict: 409,
  rate_limited: 429,
  payload_too_large: 413,
  unsupported_media_type: 415,
  overloaded: 503,
  internal: 500,
  not_offered: 409,
  sold_out: 409,
  limit_reached: 409,
  tier_required: 409,
  not_enough_points: 409,
  reserved_type: 422,
  secret_key_required: 422,
  currency_mismatch: 422,
  in_the_future: 422,
  not_stored: 422,
};

/** The HTTP status of a code. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code];
}

/** The general code of an HTTP status that something else than a command refused with. */
export function codeOfStatus(status: number): ErrorCode {
  const codes = Object.keys(STATUS) as ErrorCode[];
  return (
    codes.find((code) => STATUS[code] === status) ??
    (status >= 500 ? "internal" : "invalid_request")
  );
}

/**
 * A refusal with a reason for the person who asked. Edges turn it into a form message or an API
 * answer.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  /** HTTP status of this code. */
  readonly status: number;

  /**
   * @param code stable code
   * @param message one plain sentence, fit to be shown
   * @param path where in the input, as "order.total"
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly path?: string,
  ) {
    super(message);
    this.status = STATUS[code];
  }
}

/** A row of another merchant is not found, and so is a missing one: both look the same. */
export function notFound(noun: string): DomainError {
  return new DomainError("not_found", `${noun.charAt(0).toUpperCase()}${noun.slice(1)} not found.`);
}

/** For what cannot happen unless the code is wrong. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}

/** True for a unique-key violation, from Prisma or from the driver below it. */
export function isUniqueViolation(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code;
  return code === "P2002" || code === "23505";
}
