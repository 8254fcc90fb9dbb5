import { beforeAll, expect, it } from "vitest";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { clicksLeftOut } from "../queries/events";
import { clickRequest, createTestLinks } from "../testing";
import { click } from "./click";

let shop: Scope;
beforeAll(async () => {
  shop = await createTestMerchant();
});

const visits = () =>
  inScope(shop, ({ db, merchantId }) => db.event.count({ where: { merchantId, type: "click" } }));

it("makes no 500 visits of 500 clicks from one network, and says what it left out", async () => {
  const { codes } = await createTestLinks(shop, { links: 2 });
  const [code, other] = codes as [string, string];
  const from = (ip: string, to = code, cookie?: string) =>
    click({ ...clickRequest(to, cookie ? { cookie } : {}), ip });
  const answers = await Promise.all(
    Array.from({ length: 500 }, (_, number) =>
      // Whoever makes requests can make up a cookie too, and has more than one address.
      from(
        `203.0.113.${number % 250}`,
        code,
        number % 2 ? `gw_v=${String(number).padStart(22, "a")}` : undefined,
      ),
    ),
  );
  expect(await visits()).toBe(60);
  for (const { status, headers } of answers) {
    expect(status).toBe(302);
    expect(headers.location).toMatch(new RegExp(`^/i/${code}`));
  }
  expect(await clicksLeftOut(shop, 30)).toEqual({ clicks: 440, links: 1 });

  // Nobody else's visits are lost by it, nor those on another link.
  await from("203.0.114.7");
  await from("2001:db8:1:2::/64");
  await from("203.0.113.7", other);
  expect(await visits()).toBe(63);
  await from("203.0.113.9");
  expect(await clicksLeftOut(shop, 30)).toEqual({ clicks: 441, links: 1 });
  const elsewhere = await createTestMerchant();
  expect(await clicksLeftOut(elsewhere, 30)).toEqual({ clicks: 0, links: 0 });
});
