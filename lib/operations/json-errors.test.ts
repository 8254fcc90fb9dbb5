import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { isApiAddress, keepErrorsJson } from "./json-errors";

let server: Server | null = null;
afterEach(() => {
  server?.close();
});

async function ask(answer: (response: ServerResponse) => void, method = "GET") {
  server = createServer((_, response) => {
    keepErrorsJson(response);
    answer(response);
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/x`, { method });
  const text = await response.text();
  return { status: response.status, type: response.headers.get("content-type"), text };
}

const errorOf = ({ text }: { text: string }) =>
  (JSON.parse(text) as { error: Record<string, string> }).error;

describe("an address of the API refuses in JSON", () => {
  it.each<[string, (response: ServerResponse) => void, number, string]>([
    [
      "a method that Next does not find",
      (r) => void r.writeHead(405).end(),
      405,
      "method_not_allowed",
    ],
    [
      "a page in HTML",
      (r) => {
        r.writeHead(404, { "content-type": "text/html", "content-length": 9 });
        r.write("<html>");
        r.end("...");
      },
      404,
      "not_found",
    ],
    [
      "headers set one by one, and compressed",
      (r) => {
        r.statusCode = 400;
        r.setHeader("content-encoding", "gzip");
        r.setHeader("Content-Type", "text/plain");
        r.flushHeaders();
        r.end("Bad Request");
      },
      400,
      "invalid_request",
    ],
    ["what broke", (r) => void ((r.statusCode = 500), r.end("stack")), 500, "internal"],
    ["too much", (r) => void ((r.statusCode = 418), r.end()), 418, "invalid_request"],
  ])("%s", async (_, answer, status, code) => {
    const got = await ask(answer);
    expect(got).toMatchObject({ status, type: "application/json; charset=utf-8" });
    expect(errorOf(got)).toEqual({
      code,
      message: expect.any(String),
      docs: `/docs/errors#error-${code.replaceAll("_", "-")}`,
    });
  });

  it("and leaves alone what is JSON already, and what is no refusal", async () => {
    const said = { error: { code: "conflict", message: "Twice." } };
    const refusal = await ask((response) => {
      response.writeHead(409, "Conflict", { "Content-Type": "application/json" });
      response.end(JSON.stringify(said));
    });
    expect(JSON.parse(refusal.text)).toEqual(said);
    const page = await ask((response) => response.end("fine"));
    expect(page).toMatchObject({ status: 200, text: "fine" });
    expect(await ask((response) => void response.writeHead(302).end(), "HEAD")).toMatchObject({
      status: 302,
    });
  });

  it("knows its addresses", () => {
    for (const url of ["/api", "/api?x=1", "/api/", "/api/v1/nothing", "/api/v2"])
      expect(isApiAddress(url), url).toBe(true);
    for (const url of ["/", "/apiary", "/docs/api", undefined])
      expect(isApiAddress(url), url).toBe(false);
  });
});
