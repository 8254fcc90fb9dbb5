/** A long computation in steps: a generator that yields wherever it may be interrupted. */
export type Steps<T> = Generator<void, T, void>;

/** How long a computation goes on before everything else has its turn. */
const TURN_MS = 10;

/** Runs a computation from its beginning to its end. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

/**
 * Runs a computation, and lets whatever else the process has to do go first every few milliseconds:
 * nobody's request waits until it is done.
 */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  let since = performance.now();
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    if (performance.now() - since < TURN_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
}
