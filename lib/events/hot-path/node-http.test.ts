import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HotRequest } from "./http";
import { answerHot } from "./node-http";
import { MAX_BODY_BYTES } from "../schema";

const seen: HotRequest[] = [];
const server = createServer((request, response) => {
  void answerHot(request, response, "192.0.2.7", async (hot) => {
    seen.push(hot);
    return { status: 200, headers: { "set-cookie": ["a=1", "b=2"] }, body: "höre" };
  });
});
let base = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test("a handler sees plain data, and its answer goes out whole", async () => {
  const answer = await fetch(`${base}/r/ANNA?c=qr&c=x`, { headers: { "User-Agent": "Phone" } });
  expect(await answer.text()).toBe("höre");
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(answer.headers.get("content-length")).toBe("5");
  const hot = seen.at(-1)!;
  expect(hot).toMatchObject({
    method: "GET",
    path: "/r/ANNA",
    ip: "192.0.2.7",
    headers: { "user-agent": "Phone" },
  });
  expect(hot.query.getAll("c")).toEqual(["qr", "x"]);
  expect(hot.body).toBeUndefined();
});

test("HEAD has the headers of GET and no body", async () => {
  const answer = await fetch(`${base}/r/ANNA`, { method: "HEAD" });
  expect(answer.headers.get("content-length")).toBe("5");
  expect(await answer.text()).toBe("");
});

test("a body arrives as bytes; more than 1 MiB is refused, announced or not", async () => {
  await fetch(`${base}/api/v1/events`, { method: "POST", body: '{"a":1}' });
  expect(seen.at(-1)?.body?.toString()).toBe('{"a":1}');
  const before = seen.length;
  const much = "x".repeat(MAX_BODY_BYTES + 1);
  const announced = await fetch(`${base}/api/v1/events`, { method: "POST", body: much });
  expect(announced.status).toBe(413);
  const stream = new Blob([much]).stream();
  const streamed = await fetch(`${base}/api/v1/events`, {
    method: "POST",
    body: stream,
    duplex: "half",
  } as RequestInit);
  expect(streamed.status).toBe(413);
  expect(await streamed.json()).toMatchObject({ error: { code: "payload_too_large" } });
  expect(seen.length).toBe(before);
});

test("a request that breaks off reaches no handler", async () => {
  const before = seen.length;
  const half = send(`${base}/api/v1/events`, {
    method: "POST",
    headers: { "content-length": "100" },
  });
  half.on("error", () => {});
  half.write("half of it");
  await new Promise((resolve) => setTimeout(resolve, 100));
  half.destroy();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(seen.length).toBe(before);
});
