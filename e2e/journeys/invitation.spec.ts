import { expectAccessible } from "../support/accessibility";
import { programWithAdvocate, setProgramState } from "../support/program";
import { signInCustomer } from "../support/session";
import { openShop } from "../support/shop";
import { expect, test } from "../support/test";

test("the advocate's own link is refused kindly", async ({ page, context, baseURL }) => {
  const shop = await openShop();
  const {
    advocate: { customerId, code },
  } = await programWithAdvocate(baseURL!, shop.secretKey);
  await signInCustomer(context, baseURL!, { merchantId: shop.merchantId, customerId });
  await page.goto(`/i/${code}`);
  await expect(
    page.getByRole("heading", { level: 1, name: "This is your own link" }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Go to your page" }).click();
  await expect(page.getByRole("button", { name: "Copy link" })).toBeVisible();
});

test("whoever types the advocate's email address learns nothing of its owner", async ({
  page,
  baseURL,
}) => {
  const shop = await openShop();
  const {
    advocate: { code, email },
  } = await programWithAdvocate(baseURL!, shop.secretKey);
  await page.goto(`/i/${code}`);
  await page.getByLabel("Your email address").fill(email);
  await page.getByRole("button", { name: "Accept invitation" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check your email" })).toBeVisible();
  await expect(page.getByText("This is your own link")).toHaveCount(0);
});

test("codes that are unknown, paused or ended lead to a kind page", async ({ page, baseURL }) => {
  const shop = await openShop();
  const {
    program,
    advocate: { code },
  } = await programWithAdvocate(baseURL!, shop.secretKey);
  await page.goto("/r/NOBODY-4F7K");
  await expect(page.getByRole("heading", { level: 1, name: "Invitation not found" })).toBeVisible();
  await expectAccessible(page);
  await setProgramState(baseURL!, shop.secretKey, program, "pause");
  await page.goto(`/r/${code}`);
  await expect(
    page.getByRole("heading", { level: 1, name: "This program is paused" }),
  ).toBeVisible();
  await setProgramState(baseURL!, shop.secretKey, program, "end");
  await page.goto(`/r/${code}`);
  await expect(
    page.getByRole("heading", { level: 1, name: "This program has ended" }),
  ).toBeVisible();
  await expect(page.getByLabel("Your email address")).toHaveCount(0);
  await expectAccessible(page);
});

for (const [locale, accept, other] of [
  ["sq", /Pranoj/, "English"],
  ["zh-CN", /接受/, "English"],
] as const) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test("the invitation speaks the friend's language, with a switch", async ({
      page,
      baseURL,
    }) => {
      const shop = await openShop();
      const {
        advocate: { code },
      } = await programWithAdvocate(baseURL!, shop.secretKey);
      await page.goto(`/i/${code}`);
      await expect(page.locator("html")).toHaveAttribute(
        "lang",
        new RegExp(`^${locale.slice(0, 2)}`),
      );
      await expect(page.getByRole("button", { name: accept })).toBeVisible();
      await expectAccessible(page);
      await page
        .getByRole("button", { name: other })
        .or(page.getByRole("link", { name: other }))
        .click();
      await expect(page.getByRole("button", { name: "Accept invitation" })).toBeVisible();
      await page.reload();
      await expect(page.getByRole("button", { name: "Accept invitation" })).toBeVisible();
    });
  });
}
