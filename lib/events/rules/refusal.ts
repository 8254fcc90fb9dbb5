/**
 * Why an event is not taken: a stable code, one plain sentence, and the place in the event ("" for
 * all of it).
 */
export type EventRefusal = { code: string; message: string; path: string };

/** Thrown by what reads an event, and caught where it is answered. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly path: string,
  ) {
    super(message);
  }
}
