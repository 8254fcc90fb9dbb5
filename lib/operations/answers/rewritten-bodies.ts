import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** The stream that the body passes through; one that can flush says so, as those of zlib do. */
export type Rewriting = Duplex & { flush?: () => void };

/**
 * Lets the body of a response pass through a stream on its way out, decided once, when status and
 * headers are known and before anything is sent.
 * @param choose may still change headers; null sends the body as it is
 */
export function rewriteBody(response: ServerResponse, choose: () => Rewriting | null): void {
  const { writeHead, write, end } = response;
  let stream: Rewriting | null = null;
  let decided = false;
  const decide = () => {
    if (decided || response.headersSent) return;
    decided = true;
    stream = choose();
    if (stream) connect(response, stream, { write, end });
  };
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    response.statusCode = status;
    const headers = rest.at(-1);
    if (typeof headers === "object" && headers !== null && !Array.isArray(headers)) {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      rest = rest.slice(0, -1);
    }
    decide();
    return Reflect.apply(writeHead, response, [status, ...rest]);
  }) as typeof writeHead;
  response.write = ((...given: unknown[]) => {
    decide();
    return stream
      ? Reflect.apply(stream.write, stream, given)
      : Reflect.apply(write, response, given);
  }) as typeof write;
  response.end = ((...given: unknown[]) => {
    decide();
    if (!stream) return Reflect.apply(end, response, given);
    Reflect.apply(stream.end, stream, given);
    return response;
  }) as typeof end;
}

/** What comes out of the stream is sent, as fast as the other side takes it. */
function connect(
  response: ServerResponse,
  stream: Rewriting,
  { write, end }: Pick<ServerResponse, "write" | "end">,
): void {
  response.removeHeader("content-length");
  if (stream.flush) Object.assign(response, { flush: () => stream.flush!() });
  stream.on("data", (part: Buffer) => {
    if (Reflect.apply(write, response, [part]) !== false) return;
    stream.pause();
    response.once("drain", () => stream.resume());
  });
  stream.once("end", () => Reflect.apply(end, response, []));
  // Whoever writes to the response waits for its `drain`.
  stream.on("drain", () => response.emit("drain"));
  stream.once("error", (error) => response.destroy(error));
  response.once("close", () => stream.destroy());
}
