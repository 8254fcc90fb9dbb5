import { request as plainRequest } from "node:http";
import { exchange, exchangeBytes } from "../support/server/exchange";
import { expect, test } from "../support/test";

test("the process says that it lives, and that it is ready", async ({ request }) => {
  expect(await (await request.get("/api/health")).json()).toEqual({ status: "ok" });
  const ready = await request.get("/api/ready");
  expect(await ready.json()).toEqual({
    status: "ready",
    database: "ok",
    migrations: "ok",
    worker: "ok",
  });
});

test("clicks and events are answered in front of the pages", async ({ request }) => {
  const click = await request.get("/r/NOBODY-123", { maxRedirects: 0 });
  expect(click.status()).toBe(302);
  // Next would name itself or its cache; this answer never reached it.
  expect(click.headers()["vary"]).toBeUndefined();
  const stranger = await request.post("/api/v1/events", { data: { type: "lead" } });
  expect(stranger.status()).toBe(401);
  expect(await stranger.json()).toMatchObject({ error: { code: "unauthenticated" } });
});

test("percent escapes that are no text are 404, or 400 in JSON, and end no connection", async ({
  request,
}) => {
  for (const escape of ["%zz", "%", "%E0%A4%A", "%ff"]) {
    for (const page of [
      "r",
      "i",
      "refer",
      "admin",
      "docs",
      "unsubscribe",
      "assets",
      "invite",
      "",
    ]) {
      const path = page === "" ? `/${escape}` : `/${page}/${escape}`;
      const answer = await request.get(path, { maxRedirects: 0 });
      expect(answer.status(), path).toBe(404);
    }
    for (const address of ["customers/", "customers?search=", "events?key=", "", "metrics/"]) {
      const answer = await request.get(`/api/v1/${address}${escape}`);
      expect(answer.status(), `${address}${escape}`).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { code: "invalid_request" } });
    }
  }
  expect((await request.get("/sign-in?next=%zz")).status()).toBe(200);
  expect((await request.get("/r/NOBODY-123?utm_campaign=50%", { maxRedirects: 0 })).status()).toBe(
    302,
  );
});

test("no answer tells what the server is made of", async ({ request }) => {
  for (const path of ["/", "/r/NOBODY-123", "/api/health", "/nothing-here"]) {
    const { "x-powered-by": powered, server } = (
      await request.get(path, { maxRedirects: 0 })
    ).headers();
    expect([powered, server], path).toEqual([undefined, undefined]);
  }
});

test("every answer keeps browsers from guessing, framing and looking elsewhere", async ({
  baseURL,
}) => {
  const targets = [
    ["GET", "/"],
    ["GET", "/sign-in"],
    ["GET", "/nothing-here"],
    ["GET", "/icon.svg"],
    ["GET", "/favicon.ico"],
    ["GET", "/_next/static/nothing-here.js"],
    ["GET", "/_next/static/"],
    ["GET", "/assets/nothing-here"],
    ["GET", "/r/NOBODY-123"],
    ["GET", "/api/health"],
    ["GET", "/api/v1/openapi.json"],
    ["GET", "/api/auth/csrf"],
    ["POST", "/api/v1/events"],
    ["OPTIONS", "/api/v1/events"],
    ["TRACE", "/"],
    ["GET", "/api/health#x"],
  ] as const;
  for (const [method, target] of targets) {
    const { headers } = await exchange(baseURL!, { method, target });
    if (String(headers["content-type"]).startsWith("text/"))
      expect(headers["content-type"], target).toMatch(/; ?charset=utf-8$/i);
    const policy = String(headers["content-security-policy"]);
    expect(headers["x-content-type-options"], target).toBe("nosniff");
    expect(headers["referrer-policy"], target).toMatch(/^(?:strict-origin|origin)/);
    for (const line of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy, target).toContain(line);
    // Only over https, which this server does not speak.
    expect(headers["strict-transport-security"], target).toBeUndefined();
  }
  const noHttp = await exchangeBytes(baseURL!, "nonsense\r\n\r\n");
  expect(noHttp.toLowerCase()).toContain("x-content-type-options: nosniff");
});

test("one message is never read as two", async ({ baseURL }) => {
  const both =
    "POST /api/v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n" +
    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/health HTTP/1.1\r\nHost: x\r\n\r\n";
  const answer = await exchangeBytes(baseURL!, both);
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 400"]);
});

test("any address of the API refuses in JSON", async ({ request }) => {
  const refusals = [
    ["GET", "/api", 404],
    ["GET", "/api/nothing-here", 404],
    ["GET", "/api/v1/nothing-here", 404],
    ["POST", "/api/v1/nothing-here", 404],
    ["DELETE", "/api/v2/rewards/x", 404],
    ["DELETE", "/api/v1/metrics", 405],
    ["GET", "/api/v1/events", 405],
    ["POST", "/api/v1/openapi.json", 405],
    ["GET", "/api/v1/metrics/%zz", 400],
  ] as const;
  for (const [method, path, status] of refusals) {
    const answer = await request.fetch(path, { method });
    expect([answer.status(), answer.headers()["content-type"]], `${method} ${path}`).toEqual([
      status,
      expect.stringContaining("application/json"),
    ]);
    expect(await answer.json()).toMatchObject({ error: { code: expect.any(String) } });
  }
});

test("pages go over the wire compressed", async ({ baseURL }) => {
  const encoding = await new Promise((resolve, reject) => {
    plainRequest(`${baseURL}/sign-in`, { headers: { "accept-encoding": "gzip" } }, (response) => {
      resolve(response.headers["content-encoding"]);
      response.resume();
    })
      .once("error", reject)
      .end();
  });
  expect(encoding).toBe("gzip");
});

test("a browser that asks for an icon gets one", async ({ request }) => {
  const icon = await request.get("/favicon.ico");
  expect(icon.status()).toBe(200);
  expect(icon.headers()["content-type"]).toContain("image/svg+xml");
});
