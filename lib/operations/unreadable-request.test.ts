import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { createServer } from "node:http";
import { expect, it } from "vitest";
import { refuseUnreadable } from "./unreadable-request";

/** All that a server says to these bytes, until it closes the connection. */
async function answerTo(bytes: string): Promise<string> {
  const server = createServer();
  server.on("clientError", (error, socket) => refuseUnreadable(error, socket, { "X-Ours": "1" }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.end(bytes);
  let answer = "";
  for await (const part of socket) answer += String(part);
  server.close();
  return answer;
}

it("refuses a target that is none with a reason, and tells HEAD without a body", async () => {
  const refusal = await answerTo("GET ?unit=day HTTP/1.1\r\nHost: shop\r\n\r\n");
  const [head, body] = refusal.split("\r\n\r\n") as [string, string];
  expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(head).toContain("X-Ours: 1");
  expect(JSON.parse(body)).toMatchObject({ error: { code: "invalid_request" } });
  expect(await answerTo("HEAD ?unit=day HTTP/1.1\r\nHost: shop\r\n\r\n")).toBe(`${head}\r\n\r\n`);
});
