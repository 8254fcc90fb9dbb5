import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openApiDocument } from "@/app/api/v1/document";
import { closeConnections } from "@/lib/core/db";
import { complaintAbout } from "./generated/complaint";
import { materialOf } from "./generated/material";
import { type Described, type GeneratedRequest, requestMaker } from "./generated/requests";
import { contentsOf } from "./testing/contents";
import { openShop } from "./testing/open-shop";
import type { Shop } from "./testing/shop";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

/** How many requests, and with which seed: FUZZ_REQUESTS and FUZZ_SEED for more and others. */
const COUNT = Number(process.env.FUZZ_REQUESTS ?? 600);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_130);

const modules = import.meta.glob<Record<string, Handler>>("/app/api/v1/**/route.ts");
let shop: Shop;
let rival: Shop;

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  [shop, rival] = [await openShop("harbour"), await openShop("orchard")];
});
afterAll(closeConnections);

let address = 0;
async function call(request: GeneratedRequest): Promise<Response | null> {
  const [method, path] = request.operation.split(" ") as [string, string];
  const file = `/app/api/v1${path.replaceAll("{", "[").replaceAll("}", "]")}/route.ts`;
  // The methods that a route does not have are Next's to refuse.
  const handler = (await modules[file]!())[method.toUpperCase()];
  if (!handler || request.method !== method.toUpperCase()) return null;
  const body = request.body !== null && method !== "get" ? { body: request.body } : {};
  return handler(
    new Request(new URL(request.target, "http://localhost"), {
      method: request.method,
      headers: { "x-forwarded-for": `192.0.2.${(address += 1) % 250}`, ...request.headers },
      ...(body as { body?: BodyInit }),
    }),
    { params: Promise.resolve(request.params) },
  );
}

it("answers whatever is sent, or refuses with its reason", async () => {
  const make = requestMaker(
    openApiDocument() as unknown as Described,
    materialOf(shop, rival, SEED),
  );
  const before = await contentsOf(rival);
  const complaints: string[] = [];
  const statuses: Record<number, number> = {};
  for (let number = 0; number < COUNT; number += 1) {
    const request = make();
    const response = await call(request);
    if (!response) continue;
    const answered = {
      status: response.status,
      type: response.headers.get("content-type"),
      text: await response.text(),
    };
    statuses[answered.status] = (statuses[answered.status] ?? 0) + 1;
    const complaint = complaintAbout(request, answered, { foreign: ["orchard"], isApi: true });
    if (complaint)
      complaints.push(
        `${request.operation} ${request.target} ${request.body}: ${complaint}`.slice(0, 1500),
      );
  }
  if (process.env.FUZZ_REQUESTS) console.log(statuses);
  expect(complaints).toEqual([]);
  // Enough of them were let through to say anything.
  expect(statuses[200] ?? 0).toBeGreaterThan(COUNT / 20);
  expect(await contentsOf(rival)).toBe(before);
});
