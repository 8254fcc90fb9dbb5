import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { apiErrorBody } from "@/lib/core/api-error";
import { codeOfStatus } from "@/lib/core/errors";

const STATUS: Record<string, { status: number; message: string }> = {
  HPE_HEADER_OVERFLOW: { status: 431, message: "The headers of this request are too large." },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, message: "This request is too large." },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: "This request took too long to arrive." },
};
const NO_HTTP = { status: 400, message: "This request is not HTTP as it is written." };

/**
 * Answers what is no HTTP request, or did not arrive in time, and closes the connection: as a
 * refusal of the API, since nobody knows what was asked. For the `clientError` event of a server.
 * @param headers what every answer says
 */
export function refuseUnreadable(
  error: NodeJS.ErrnoException & { rawPacket?: Buffer },
  socket: Duplex,
  headers: Readonly<Record<string, string>>,
): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const { status, message } = STATUS[error.code ?? ""] ?? NO_HTTP;
  const body = JSON.stringify(apiErrorBody(codeOfStatus(status), message));
  // Whoever asks with HEAD reads a body as something else.
  const isHead = error.rawPacket?.subarray(0, 5).toString("latin1") === "HEAD ";
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "Content-Type: application/json; charset=utf-8",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      "",
      isHead ? "" : body,
    ].join("\r\n"),
  );
}
