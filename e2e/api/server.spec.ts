import { request as plainRequest } from "node:http";
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

test("no answer tells what the server is made of", async ({ request }) => {
  for (const path of ["/", "/r/NOBODY-123", "/api/health", "/nothing-here"]) {
    const { "x-powered-by": powered, server } = (
      await request.get(path, { maxRedirects: 0 })
    ).headers();
    expect([powered, server], path).toEqual([undefined, undefined]);
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
