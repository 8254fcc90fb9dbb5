import { expectAccessible } from "../support/accessibility";
import { apiOf } from "../support/api";
import { publishProgram } from "../support/enrolment";
import { purchase, send } from "../support/events";
import { USUAL_TERMS } from "../support/program";
import { reloadUntil } from "../support/reload";
import { signInCustomer } from "../support/session";
import { openShop } from "../support/shop";
import { expect, test } from "../support/test";

const DUA = { id: "dua", email: "dua@example.com", name: "Dua Krasniqi" };

const OWN_POINTS = {
  id: "own",
  side: "advocate",
  on: { kind: "own_purchase" },
  conditions: { all: [] },
  benefit: { kind: "points" },
  calculator: { kind: "per_unit", amount: "1", per: "1", atMost: null },
  holdDays: 0,
};

for (const { locale, title, get, spend, history, code } of [
  {
    locale: "sq",
    title: "Pikët tuaja",
    get: "Merre: Çaj për një javë",
    spend: "Shpenzo 40 pikë",
    history: "Historiku",
    code: "Kodi",
  },
  {
    locale: "zh-CN",
    title: "你的积分",
    get: "兑换: 一周的茶",
    spend: "使用 40 积分",
    history: "积分记录",
    code: "优惠码",
  },
]) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test("points are earned and spent in the customer's language", async ({
      page,
      context,
      baseURL,
    }) => {
      const shop = await openShop();
      const api = apiOf(baseURL!, shop.secretKey);
      const program = await publishProgram(api, "Points", {
        ...USUAL_TERMS,
        rules: [...USUAL_TERMS.rules, OWN_POINTS],
      });
      const item = await api.post("/catalogue", {
        name: { en: "Tea for a week", sq: "Çaj për një javë", zh: "一周的茶" },
        points: 40,
        benefit: { kind: "amount_off" },
        calculator: { kind: "fixed", amount: "4.00" },
      });
      expect(item.status, JSON.stringify(item.body)).toBe(201);
      const {
        body: { referUrl },
      } = await api.get<{ referUrl: string }>(`/programs/${program}`);
      const {
        body: { goodwordId },
      } = await api.post<{ goodwordId: string }>("/customers", { ...DUA, program });
      await send(api, purchase(DUA, "order-1", "50.00"));
      await signInCustomer(context, baseURL!, {
        merchantId: shop.merchantId,
        customerId: goodwordId,
      });

      await page.goto(`${referUrl}/points`);
      await reloadUntil(page, page.getByRole("button", { name: get }));
      await expect(page.locator("html")).toHaveAttribute(
        "lang",
        new RegExp(`^${locale.slice(0, 2)}`),
      );
      await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: get }).click();
      await expectAccessible(page);
      await page.getByRole("button", { name: spend }).click();
      await expect(page.getByRole("dialog").getByLabel(code)).toHaveValue(/^GW-/);
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("heading", { name: history })).toBeVisible();
      await expect(page.getByText("-40", { exact: true })).toBeVisible();
      api.close();
    });
  });
}
