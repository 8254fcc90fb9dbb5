import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { compressAnswer, encodingFor } from "./compression";

describe("the encoding of an answer", () => {
  it.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip;q=1.0, br;q=0.5", "br"],
    ["GZIP", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["identity", null],
    ["brotli", null],
    ["", null],
    [undefined, null],
  ])("for %j is %j", (accepted, encoding) => {
    expect(encodingFor(accepted)).toBe(encoding);
  });
});

const WORDS = "a good word ".repeat(500);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
type Got = { status: number; headers: IncomingMessage["headers"]; body: Buffer };

let close = () => {};
afterEach(() => close());

/** A server that compresses what `answer` sends; counts how often that was asked. */
async function serverOf(answer: Answer) {
  let asked = 0;
  const server = createServer((incoming, response) => {
    if (compressAnswer(incoming, response)) return;
    asked += 1;
    answer(incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => server.close();
  const { port } = server.address() as AddressInfo;
  const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    new Promise<Got>((resolve, reject) => {
      const sent = request({ port, host: "127.0.0.1", path, headers, method, agent: false });
      sent.once("error", reject).once("response", (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.once("end", () => {
          const { statusCode = 0, headers: received } = response;
          resolve({ status: statusCode, headers: received, body: Buffer.concat(parts) });
        });
      });
      sent.end();
    });
  return { get, asked: () => asked };
}

const page: Answer = (_, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("vary", "rsc");
  response.setHeader("etag", '"one"');
  response.write(WORDS);
  response.end("the end");
};

describe("a page", () => {
  it("comes in the encoding its reader takes, whole", async () => {
    const { get } = await serverOf(page);
    const packed = await get("/", { "accept-encoding": "gzip, br" });
    expect(packed.headers).toMatchObject({
      "content-encoding": "br",
      vary: "rsc, Accept-Encoding",
      etag: 'W/"one"',
    });
    expect(packed.body.length).toBeLessThan(200);
    expect(brotliDecompressSync(packed.body).toString()).toBe(`${WORDS}the end`);
    const older = await get("/", { "accept-encoding": "gzip" });
    expect(gunzipSync(older.body).toString()).toBe(`${WORDS}the end`);
    const plain = await get("/");
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.headers.vary).toBe("rsc, Accept-Encoding");
    expect(plain.body.toString()).toBe(`${WORDS}the end`);
  });

  it("arrives in parts, where it is sent in parts", async () => {
    let goOn = () => {};
    const { get } = await serverOf((_, response) => {
      response.setHeader("content-type", "text/html");
      response.write(WORDS);
      (response as ServerResponse & { flush: () => void }).flush();
      goOn = () => response.end("later");
      setImmediate(goOn);
    });
    const { body } = await get("/", { "accept-encoding": "br" });
    expect(brotliDecompressSync(body).toString()).toBe(`${WORDS}later`);
  });
});

describe("left as it is", () => {
  const asked = { "accept-encoding": "br" };
  it.each<[string, Answer]>([
    [
      "a picture",
      (_, response) => response.writeHead(200, { "content-type": "image/png" }).end(WORDS),
    ],
    ["what is small", (_, response) => response.writeHead(200, { "content-length": 2 }).end("ok")],
    [
      "what is encoded",
      (_, response) =>
        response
          .writeHead(200, { "content-type": "text/plain", "content-encoding": "zstd" })
          .end(WORDS),
    ],
  ])("%s", async (_, answer) => {
    const { get } = await serverOf(answer);
    const { headers, body } = await get("/", asked);
    expect(headers["content-encoding"]).not.toBe("br");
    expect(["ok", WORDS]).toContain(body.toString());
  });

  it("an answer without a body", async () => {
    const { get } = await serverOf((incoming, response) =>
      incoming.url === "/kept" ? response.writeHead(304).end() : page(incoming, response),
    );
    expect((await get("/kept", asked)).status).toBe(304);
    const head = await get("/", asked, "HEAD");
    expect([head.status, head.headers["content-encoding"]]).toEqual([200, undefined]);
  });
});

describe("a file of the build", () => {
  it("is compressed once, and its copy is sent from then on", async () => {
    const { get, asked } = await serverOf((incoming, response) => {
      if (incoming.url?.includes("none")) return response.writeHead(404).end();
      response.writeHead(200, {
        "content-type": "application/javascript; charset=UTF-8",
        "cache-control": "public, max-age=31536000, immutable",
      });
      response.end(WORDS);
    });
    const path = "/_next/static/chunks/one.js";
    const first = await get(path, { "accept-encoding": "br" });
    const second = await get(`${path}?dpl=1`, { "accept-encoding": "br" });
    expect(asked()).toBe(1);
    expect(second.body).toEqual(first.body);
    expect(second.headers).toMatchObject({
      "content-encoding": "br",
      "content-length": String(first.body.length),
      "cache-control": "public, max-age=31536000, immutable",
    });
    expect(brotliDecompressSync(second.body).toString()).toBe(WORDS);
    // Who has it, or wants another encoding of it, is answered by the file itself.
    await get(path, { "accept-encoding": "br", "if-none-match": '"x"' });
    await get(path, { "accept-encoding": "gzip" });
    await get("/_next/static/chunks/none.js", { "accept-encoding": "br" });
    await get("/_next/static/chunks/none.js", { "accept-encoding": "br" });
    expect(asked()).toBe(5);
  });
});
