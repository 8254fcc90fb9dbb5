import { sessionOfMember } from "@/lib/auth/session/testing";
import { openShop } from "@/lib/auth/matrix/testing/open-shop";
import { type Door, doorTo } from "../support/server/door";
import { exchange } from "../support/server/exchange";
import { ownServer } from "../support/server/own-server";
import { connectDatabase } from "../support/shop";
import { expect, test } from "../support/test";

test("with the database away, pages and routes say 503 and when to come back", async () => {
  test.setTimeout(240_000);
  let door: Door | undefined;
  const own = await ownServer({
    way: async (database) => (door = await doorTo(database)).url,
  });
  try {
    await connectDatabase(own.database);
    const { members, slug, program, customer, keys } = await openShop("harbour");
    await own.app.start();
    const cookie = await sessionOfMember(members.owner);
    const authorization = `Bearer ${keys.secret}`;
    const ask = (target: string) =>
      exchange(own.baseURL, { method: "GET", target, headers: { cookie, authorization } });
    const pages = [
      `/admin/${slug}`,
      `/admin/${slug}/customers`,
      `/admin/${slug}/programs/${program.id}`,
      `/refer/${program.slug}`,
      `/i/${customer.code}`,
    ];
    for (const page of pages) expect((await ask(page)).status, page).toBe(200);
    await door!.shut();
    for (const target of [
      ...pages,
      `/r/${customer.code}`,
      "/assets/ast_none",
      "/api/v1/programs",
      "/api/ready",
    ]) {
      const { status, headers, text } = await ask(target);
      expect([target, status]).toEqual([target, 503]);
      if (target !== "/api/ready")
        expect(Number(headers["retry-after"]), target).toBeGreaterThan(0);
      expect(text).not.toMatch(/node_modules|ECONNREFUSED/);
    }
    expect((await ask("/api/health")).status).toBe(200);
  } finally {
    await own.remove();
  }
});
