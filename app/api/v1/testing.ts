import { expect } from "vitest";
import { createTestKey } from "@/lib/events/testing";
import type { Scope } from "@/lib/merchants/scope";
import { createTestMerchant, testSandbox } from "@/lib/merchants/testing";
import { advocateCredit, friendCoupon, testTerms } from "@/lib/worker/testing";
import { ENDPOINTS } from "./endpoints";

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;
type Json = Record<string, unknown> & { error?: { code: string; message: string; path?: string } };

const modules = import.meta.glob<Record<string, Handler>>("/app/api/v1/**/route.ts");
export let shop: Scope;
export let sandbox: Scope;
export let key: string;
export let testKey: string;
export let program: { id: string; slug: string };

/** Opens the shop, its sandbox and a program that the tests of a file call the API of. */
export async function openApi(): Promise<void> {
  shop = await createTestMerchant();
  sandbox = await testSandbox(shop);
  [key, testKey] = [await createTestKey(shop), await createTestKey(sandbox)];
  const made = await send("POST /programs", {
    body: {
      name: "Good word",
      terms: testTerms({ rules: [advocateCredit({ holdDays: 14 }), friendCoupon()] }),
      publish: true,
    },
  });
  program = made.data as { id: string; slug: string };
}

type Sent = { query?: string; body?: unknown; raw?: string; type?: string; as?: string };

/**
 * Calls an endpoint, and checks that what a success carries is what its description says, no more
 * and no less.
 */
export async function send(
  address: string,
  { query = "", body, raw, type = "application/json", as = key }: Sent = {},
): Promise<{ status: number; data: Json }> {
  const [method, path] = address.split(" ") as [string, string];
  for (const said of ENDPOINTS) {
    const names = [...said.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const match =
      said.method === method &&
      new RegExp(`^${said.path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`).exec(path);
    if (!match) continue;
    const route =
      await modules[
        `/app/api/v1${said.path.replaceAll("{", "[").replaceAll("}", "]")}/route.ts`
      ]!();
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await route[method]!(
      new Request(`http://localhost/api/v1${path}${query}`, {
        method,
        headers: { authorization: `Bearer ${as}`, "content-type": type },
        ...(text !== undefined && { body: text }),
      }),
      {
        params: Promise.resolve(
          Object.fromEntries(names.map((name, index) => [name, match[index + 1]!])),
        ),
      },
    );
    const data = (await response.json()) as Json;
    if (response.ok) {
      expect(response.status).toBe(said.status ?? 200);
      expect(said.response.parse(data), `${address} is as described`).toEqual(data);
    }
    return { status: response.status, data };
  }
  throw new Error(`${address} is not described`);
}

/** What a refusal looks like, as far as a test compares it. */
export const refused = (status: number, code: string, path?: string) => ({
  status,
  data: { error: { code, ...(path && { path }) } },
});

/** Creates a customer who shares. */
export async function advocate(name: string): Promise<{ code: string }> {
  const { data } = await send("POST /customers", {
    body: { id: name, email: `${name}@example.com`, name, program: program.slug },
  });
  return data.advocate as { code: string };
}
