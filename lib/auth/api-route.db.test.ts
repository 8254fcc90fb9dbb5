import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { closeConnections } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { createApiKey, revokeApiKey } from "@/lib/merchants/commands/keys";
import type { Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { apiRoute, asList, listQuery, preflight } from "./api-route";

vi.mock("next/headers", async () => (await import("./testing")).fakeHeaders());

let shop: Scope;
let secret: { id: string; key: string };
let publishable: { id: string; key: string };

beforeAll(async () => {
  shop = await createTestMerchant();
  secret = await createApiKey(shop, { kind: "secret", label: "Backend" });
  publishable = await createApiKey(shop, { kind: "publishable", label: "Pages" });
});
afterAll(closeConnections);

const context = (params: Record<string, string> = {}) => ({ params: Promise.resolve(params) });

function request(
  key: string | null,
  {
    path = "/api/v1/things",
    body,
    type = "application/json",
  }: { path?: string; body?: string; type?: string } = {},
) {
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  if (body !== undefined) headers["content-type"] = type;
  return new Request(`http://localhost${path}`, {
    headers,
    ...(body === undefined ? {} : { method: "POST", body }),
  });
}

const whose = apiRoute({ key: "secret" }, async (scope) => ({ merchant: scope.merchantId }));

describe("an API route", () => {
  it("acts for the merchant of its key", async () => {
    const response = await whose(request(secret.key), context());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ merchant: shop.merchantId });
  });

  it("refuses who has no key, an unknown one, a revoked one", async () => {
    const revoked = await createApiKey(shop, { kind: "secret", label: "Old" });
    await revokeApiKey(shop, { keyId: revoked.id });
    for (const key of [null, "nonsense", revoked.key, `${secret.key.slice(0, -4)}0000`]) {
      const response = await whose(request(key), context());
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(await response.json()).toEqual({
        error: {
          code: "unauthenticated",
          message: expect.any(String),
          docs: "/docs/errors#error-unauthenticated",
        },
      });
    }
  });

  it("lets a publishable key do only what is said to be public", async () => {
    expect((await whose(request(publishable.key), context())).status).toBe(403);
    const open = apiRoute({ key: "publishable" }, async () => ({ ok: true }));
    const response = await open(request(publishable.key), context());
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect((await open(request(secret.key), context())).status).toBe(200);
    expect(preflight().headers.get("access-control-allow-headers")).toContain("authorization");
  });

  it("checks parameters, query and body, and says where it is wrong", async () => {
    const route = apiRoute(
      {
        key: "secret",
        params: z.object({ id: z.string() }),
        query: listQuery,
        body: z.object({ order: z.object({ total: z.string("Send it as text.") }) }),
        status: 201,
      },
      async (_, input) => input,
    );
    const good = await route(
      request(secret.key, { path: "/x?limit=5&cursor=", body: '{"order":{"total":"1"}}' }),
      context({ id: "a" }),
    );
    expect(good.status).toBe(201);
    expect(await good.json()).toEqual({
      params: { id: "a" },
      query: { limit: 5 },
      body: { order: { total: "1" } },
    });
    const bad = await route(
      request(secret.key, { path: "/x", body: '{"order":{"total":1}}' }),
      context({ id: "a" }),
    );
    expect(bad.status).toBe(400);
    expect(await bad.json()).toMatchObject({
      error: { code: "invalid_request", message: "Send it as text.", path: "order.total" },
    });
    expect(
      (await route(request(secret.key, { path: "/x?limit=201", body: "{}" }), context({ id: "a" })))
        .status,
    ).toBe(400);
    for (const path of ["/x?limit=5&limit=6", "/x?merchantId=mer_1"])
      expect(
        (await route(request(secret.key, { path, body: "{}" }), context({ id: "a" }))).status,
        path,
      ).toBe(400);
    expect((await route(request(secret.key, { body: "{" }), context({ id: "a" }))).status).toBe(
      400,
    );
    expect(
      (await route(request(secret.key, { body: "a=1", type: "text/plain" }), context({ id: "a" })))
        .status,
    ).toBe(415);
    const large = await route(
      request(secret.key, { body: JSON.stringify("x".repeat(1_100_000)) }),
      context({ id: "a" }),
    );
    expect(large.status).toBe(413);
  });

  it("counts what was sent before it looks at it", async () => {
    let looked = 0;
    const body = z.unknown().superRefine(() => void (looked += 1));
    const route = apiRoute({ key: "secret", body }, async () => "taken");
    const send = (count: number) => {
      const tree = { all: Array.from({ length: count }, () => ({ all: [] })) };
      return route(request(secret.key, { body: JSON.stringify(tree) }), context());
    };
    const refused = await send(90_000);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      error: { code: "invalid_request", message: expect.stringContaining("values") },
    });
    expect(looked).toBe(0);
    expect((await send(3_000)).status).toBe(200);
  });

  it("answers refusals by their code, and nothing of what broke inside", async () => {
    const missing = apiRoute({ key: "secret" }, async () => {
      throw notFound("reward");
    });
    const response = await missing(request(secret.key), context());
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: { code: "not_found", message: "Reward not found." },
    });
    const silent = vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = await apiRoute({ key: "secret" }, async () => {
      throw new Error("password of the database");
    })(request(secret.key), context());
    expect(broken.status).toBe(500);
    expect(await broken.text()).not.toContain("password");
    silent.mockRestore();
  });

  it("gives lists in the contract's form", () => {
    expect(asList({ rows: [1, 2], nextCursor: "c" }, String)).toEqual({
      data: ["1", "2"],
      nextCursor: "c",
    });
  });
});

type Route = Record<string, unknown>;
const routes = import.meta.glob<Route>("/app/api/v1/**/route.ts");
/** Open to anyone: it describes the API, and holds nobody's data. */
const OPEN = ["/app/api/v1/openapi.json/route.ts"];

describe("every route of the API", () => {
  it.each(Object.entries(routes).filter(([file]) => !OPEN.includes(file)))(
    "%s wants a key",
    async (file, load) => {
      const route = await load();
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
        const handler = route[method];
        if (typeof handler !== "function") continue;
        for (const key of [null, "gw_live_nonsense"]) {
          // From an address of its own: so many wrong keys from one would be turned away.
          const headers: Record<string, string> = {
            "content-type": "application/json",
            "x-forwarded-for": file,
            ...(key ? { authorization: `Bearer ${key}` } : {}),
          };
          const asked = new Request("http://localhost/api/v1/x", {
            method,
            headers,
            ...(method === "GET" ? {} : { body: "{}" }),
          });
          const response = (await handler(asked, context({ id: "x", name: "x" }))) as Response;
          expect(response.status, method).toBe(401);
        }
      }
    },
  );
});
