import { Duplex } from "node:stream";

/**
 * A stream that waits for the whole body and then sends what `rewrite` makes of it.
 * @param rewrite from the whole body to what is sent instead
 */
export function wholeBody(rewrite: (body: Buffer) => Buffer | Promise<Buffer>): Duplex {
  return Duplex.from(async function* (parts: AsyncIterable<Buffer | string>) {
    const whole: Buffer[] = [];
    for await (const part of parts) whole.push(Buffer.from(part as string));
    yield await rewrite(Buffer.concat(whole));
  });
}
