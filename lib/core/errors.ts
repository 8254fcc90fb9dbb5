/** Stable codes: `error.code` of an API response, and the anchor of its section in the docs. */
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
  // Why a catalogue item cannot be redeemed.
  | "not_offered"
  | "sold_out"
  | "limit_reached"
  | "tier_required"
  | "not_enough_points"
  // Why an event is rejected.
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

/** The code for an HTTP status that came from elsewhere than a command, such as Next itself. */
export function codeOfStatus(status: number): ErrorCode {
  const codes = Object.keys(STATUS) as ErrorCode[];
  return (
    codes.find((code) => STATUS[code] === status) ??
    (status >= 500 ? "internal" : "invalid_request")
  );
}

/**
 * A refusal with a message for whoever asked. Actions turn it into a form error, API routes into an
 * error response.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  /** HTTP status of this code. */
  readonly status: number;

  /**
   * @param code stable code
   * @param message one plain sentence that can be shown as it is
   * @param path the field at fault, such as "order.total"
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

/** For a row that is missing or belongs to another merchant: nobody can tell one from the other. */
export function notFound(noun: string): DomainError {
  return new DomainError("not_found", `${noun.charAt(0).toUpperCase()}${noun.slice(1)} not found.`);
}

/** Throws if a condition that the code guarantees does not hold: a bug, not a refusal. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}

/** True for a unique-key violation, from Prisma or from the driver below it. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === "23505" || (error as { code?: string } | null)?.code === "P2002";
}

type DatabaseError = {
  code?: unknown;
  constraint?: unknown;
  meta?: {
    driverAdapterError?: { cause?: { originalCode?: unknown; constraint?: { index?: unknown } } };
  };
};

/** The SQLSTATE of an error of the database, from the driver or Prisma over it; "" for none. */
function sqlState(error: unknown): string {
  const { code, meta } = (error ?? {}) as DatabaseError;
  return String(meta?.driverAdapterError?.cause?.originalCode ?? code ?? "");
}

/** Keys of which transactions write one at the same moment, and the next try finds the other's. */
const RACED_KEYS: readonly unknown[] = [
  "reward_granted_once",
  "customer_merchant_id_external_id_key",
  "customer_merchant_id_email_key",
];

/**
 * A deadlock, a serialization failure or a row that was just written by another: another
 * transaction won, and the next try may win or finds what the other one did.
 */
export function isLostRace(error: unknown): boolean {
  if (["40P01", "40001", "P2034"].includes(sqlState(error))) return true;
  const { constraint, meta } = (error ?? {}) as DatabaseError;
  const key = meta?.driverAdapterError?.cause?.constraint?.index ?? constraint;
  return isUniqueViolation(error) && RACED_KEYS.includes(key);
}

/** What the driver says when it has no connection to give, or lost one: errors without a code. */
const NO_CONNECTION =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Client has encountered a)/;

/**
 * True for a statement that the database ended because it took longer than its role may. It would
 * take as long again: so it is told from what passes.
 */
export function isOverdue(error: unknown): boolean {
  return sqlState(error) === "57014";
}

/**
 * True where the database is at fault and not what was asked of it: a lost race, a connection that
 * broke or cannot be had, a server that goes down or has no room.
 */
export function isPassing(error: unknown): boolean {
  const { meta } = (error ?? {}) as {
    meta?: { driverAdapterError?: { cause?: { kind?: unknown } } };
  };
  const kind = meta?.driverAdapterError?.cause?.kind;
  return (
    isLostRace(error) ||
    ["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout"].includes(String(kind)) ||
    /^(?:08|53|57P|55P03|P100[12]|P1017|P2024|P2028|ECONN|EPIPE|ETIMEDOUT)/.test(sqlState(error)) ||
    NO_CONNECTION.test((error as Error | null)?.message ?? "")
  );
}
