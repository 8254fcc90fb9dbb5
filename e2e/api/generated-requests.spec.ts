import { complaintAbout } from "@/lib/auth/matrix/generated/complaint";
import { materialOf } from "@/lib/auth/matrix/generated/material";
import { pageRequestMaker } from "@/lib/auth/matrix/generated/pages";
import {
  type Described,
  type GeneratedRequest,
  requestMaker,
} from "@/lib/auth/matrix/generated/requests";
import { pagePaths } from "@/lib/auth/matrix/testing/addresses";
import { contentsOf } from "@/lib/auth/matrix/testing/contents";
import { openShop } from "@/lib/auth/matrix/testing/open-shop";
import type { Shop } from "@/lib/auth/matrix/testing/shop";
import { sessionOfCustomer, sessionOfMember } from "@/lib/auth/session/testing";
import { createTestKey } from "@/lib/events/testing";
import { exchange, exchangeBytes } from "../support/server/exchange";
import { type OwnServer, ownServer } from "../support/server/own-server";
import { connectDatabase } from "../support/shop";
import { expect, test } from "../support/test";

/**
 * Requests as nobody should send them, to a running server. `npm run fuzz` sends many:
 * FUZZ_REQUESTS and FUZZ_SEED say how many to the API, half as many to pages, and which.
 */
const COUNT = Number(process.env.FUZZ_REQUESTS ?? 600);
const PAGES = Math.ceil(COUNT / 2);
/** Each key has a limit, beyond which nothing is answered but that. */
const KEYS = 7;
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_130);
const AT_ONCE = 4;

test.setTimeout(60_000 + COUNT * 1_000);

let own: OwnServer;
let shop: Shop;
let rival: Shop;

test.beforeAll(async () => {
  // Without a worker: what is the rival's stays as it is, unless a request changes it.
  own = await ownServer();
  await connectDatabase(own.database);
  [shop, rival] = [await openShop("harbour"), await openShop("orchard")];
  await own.app.start();
});

test.afterAll(() => own.remove());

/** Sends what `make` makes, and collects what is wrong with the answers. */
async function complaintsAbout(count: number, make: () => GeneratedRequest, isApi: boolean) {
  const complaints: string[] = [];
  const statuses: Record<number, number> = {};
  let left = count;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while ((left -= 1) >= 0) {
        const asked = make();
        const answered = await exchange(own.baseURL, asked).catch(String);
        const complaint =
          typeof answered === "string"
            ? answered
            : complaintAbout(asked, answered, { foreign: ["orchard"], isApi });
        if (typeof answered !== "string")
          statuses[answered.status] = (statuses[answered.status] ?? 0) + 1;
        const { method, target, headers, body } = asked;
        if (complaint)
          complaints.push(
            `${method} ${target} ${JSON.stringify(headers)} ${body}`.slice(0, 900) + complaint,
          );
      }
    }),
  );
  console.log(`${count} answers by status: ${JSON.stringify(statuses)}`);
  return complaints;
}

test("the API answers whatever is sent, or refuses with its reason", async () => {
  const before = await contentsOf(rival);
  const document = await exchange(own.baseURL, { method: "GET", target: "/api/v1/openapi.json" });
  const keys: string[] = [];
  while (keys.length < KEYS - 1) keys.push(await createTestKey(shop.scope));
  const material = materialOf(shop, rival, SEED, keys);
  const make = requestMaker(JSON.parse(document.text) as Described, material);
  expect(await complaintsAbout(COUNT, make, true)).toEqual([]);
  expect(await contentsOf(rival)).toBe(before);
});

test("pages answer whoever asks for whatever, and never with an error of ours", async () => {
  const before = await contentsOf(rival);
  const callers = [
    ...(await Promise.all(Object.values(shop.members).map(sessionOfMember))),
    await sessionOfCustomer(shop.scope, shop.customer.id),
    "gw_member=nonsense; gw_customer=%zz; NEXT_LOCALE=\u0022",
    null,
  ];
  // Without a worker, this server is not ready.
  const paths = pagePaths().filter((path) => path !== "/api/ready");
  const make = pageRequestMaker(paths, { ...materialOf(shop, rival, SEED), callers });
  expect(await complaintsAbout(PAGES, make, false)).toEqual([]);
  expect(await contentsOf(rival)).toBe(before);
});

test("a target that cannot be read is refused, and shows no stack", async () => {
  const { host } = new URL(own.baseURL);
  const lines: [line: string, status: string][] = [
    ["GET /api/health#x", "400"],
    [`GET http://${host}/api/health`, "200"],
  ];
  for (const [line, status] of lines) {
    const bytes = `${line} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    const answer = await exchangeBytes(own.baseURL, bytes);
    expect(answer.slice(9, 12), line).toBe(status);
    expect(answer, line).not.toMatch(/node_modules|node:internal|\.ts:\d/);
  }
});
