import { sessionOfCustomer, sessionOfMember } from "@/lib/auth/session/testing";
import { pagesOf } from "@/lib/auth/matrix/testing/addresses";
import { openShop } from "@/lib/auth/matrix/testing/open-shop";
import { type Door, doorTo } from "../support/server/door";
import { exchange } from "../support/server/exchange";
import { ownServer } from "../support/server/own-server";
import { connectDatabase } from "../support/shop";
import { expect, test } from "../support/test";

const AT_ONCE = 4;

test("with the database away, pages and routes say 503 and when to come back", async () => {
  test.setTimeout(240_000);
  let door: Door | undefined;
  const own = await ownServer({
    way: async (database) => (door = await doorTo(database)).url,
  });
  try {
    await connectDatabase(own.database);
    const shop = await openShop("harbour");
    const { members, slug, program, customer, keys } = shop;
    await own.app.start();
    const cookie = [
      await sessionOfMember(members.owner),
      await sessionOfCustomer(shop.scope, customer.id),
    ].join("; ");
    const authorization = `Bearer ${keys.secret}`;
    const ask = (target: string) =>
      exchange(own.baseURL, { method: "GET", target, headers: { cookie, authorization } });
    for (const page of [`/admin/${slug}`, `/refer/${program.slug}`, `/i/${customer.code}`])
      expect((await ask(page)).status, page).toBe(200);
    await door!.shut();
    const others: string[] = [];
    const unclear: string[] = [];
    // One page shows all metrics.
    const pages = pagesOf(shop).filter((page) => !/insights\/(?!referral_rate)/.test(page));
    const left = [...pages, "/api/v1/programs"].values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const target of left) {
          const { status, headers, type, text } = await ask(target);
          // An old address only leads on.
          if (status === 308) continue;
          if (status !== 503) others.push(`${target} ${status}`);
          else if (target !== "/api/ready" && !(Number(headers["retry-after"]) > 0))
            unclear.push(`${target} does not say when to come back`);
          else if (type?.startsWith("text/html") && !/<h1>[^<]+<\/h1><p>[^<]+<\/p>/.test(text))
            unclear.push(`${target} says nothing to people`);
          if (/node_modules|node:internal|ECONNREFUSED|\bat [\w.]+ \(/.test(text))
            unclear.push(`${target} shows a stack`);
        }
      }),
    );
    expect(unclear).toEqual([]);
    // What reads nothing.
    expect(others.sort()).toEqual(
      [
        "/ 200",
        "/api/auth/nothing-here 400",
        "/api/health 200",
        "/api/nothing-here 404",
        "/docs 200",
        "/docs/api/nothing-here 404",
        "/docs/nothing-here 404",
        "/docs/schemas 200",
        "/forgot 200",
        `/i/${customer.code}/answer/nothing-here 200`,
        "/sign-in/code 307",
        "/sign-in/link 200",
        "/unsubscribe/nothing-here 200",
        "/unsubscribe/nothing-here/one-click 303",
      ].sort(),
    );
  } finally {
    await own.remove();
  }
});
