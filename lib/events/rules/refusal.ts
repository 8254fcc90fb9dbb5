import type { ErrorCode } from "@/lib/core/errors";

/**
 * Why an event is not taken: a stable code, one plain sentence, and the place in the event ("" for
 * all of it).
 */
export type EventRefusal = { code: ErrorCode; message: string; path: string };

/** Thrown by what reads an event, and caught where it is answered. */
export class Refused extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly path: string,
  ) {
    super(message);
  }
}
