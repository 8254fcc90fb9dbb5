import { expectAccessible } from "../support/accessibility";
import { apiOf } from "../support/api";
import { settled } from "../support/books";
import { programWithAdvocate } from "../support/program";
import { addMember, signIn } from "../support/session";
import { openShop } from "../support/shop";
import { expect, test } from "../support/test";

test("an analyst sees the figures and may change nothing", async ({ page, context, baseURL }) => {
  const shop = await openShop();
  const { program } = await programWithAdvocate(baseURL!, shop.secretKey);
  await signIn(context, baseURL!, await addMember(shop, "analyst"));
  await page.goto(`/admin/${shop.slug}/programs/${program}`);
  await expect(page.getByRole("heading", { level: 1, name: "Bring a friend" })).toBeVisible();
  await expect(page.getByRole("button", { name: /Pause|End|Publish/ })).toHaveCount(0);
  const answer = await page.request.get(`/admin/${shop.slug}/programs/${program}/edit`);
  expect(answer.status()).toBe(403);
  expect((await page.request.get(`/admin/${shop.slug}/settings/keys`)).status()).toBe(403);
});

test("another merchant's shop is not found", async ({ page, context, baseURL }) => {
  const [mine, theirs] = [await openShop(), await openShop()];
  await signIn(context, baseURL!, mine.owner.userId);
  expect((await page.request.get(`/admin/${theirs.slug}`)).status()).toBe(404);
  expect((await page.request.get(`/admin/${theirs.slug}-test/referrals`)).status()).toBe(404);
});

test("a member signs in by password and out again", async ({ page, isMobile }) => {
  const shop = await openShop();
  await page.goto(`/admin/${shop.slug}/programs`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expectAccessible(page);
  await page.getByLabel("Email").fill(shop.owner.email);
  await page.getByLabel("Password").fill(shop.owner.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  const heading = page.getByRole("heading", { level: 1, name: "Programs" });
  await expect(heading).toBeVisible();
  const again = await page.request.get(`/admin/${shop.slug}/programs`);
  expect(again.headers()["cache-control"]).toContain("no-store");
  if (isMobile || (page.viewportSize()?.width ?? 0) < 1024)
    await page.getByRole("button", { name: /menu/i }).click();
  await page.getByRole("button", { name: new RegExp(shop.owner.email) }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  // What was on the page is gone with the session, also for whoever goes back.
  await page.goBack();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expect(heading).toBeHidden();
  await page.goto(`/admin/${shop.slug}`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a member sees where they are signed in, and ends one of it", async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const shop = await openShop();
  const elsewhere = await browser.newContext({ baseURL: baseURL! });
  await signIn(elsewhere, baseURL!, shop.owner.userId);
  await signIn(context, baseURL!, shop.owner.userId);
  await page.goto("/account");
  await expect(page.getByText("This browser", { exact: true })).toHaveCount(1);
  await expectAccessible(page);
  const end = page.getByRole("button", { name: /^Sign out (?!everywhere)/ });
  await end.click();
  await expect(page.getByRole("paragraph").filter({ hasText: "not your password" })).toBeVisible();
  await page.getByLabel("Your password").fill(shop.owner.password);
  await end.click();
  await expect(page.getByText("That browser is signed out.")).toBeVisible();
  await expect(end).toHaveCount(0);
  const asked = await elsewhere.request.get(`/admin/${shop.slug}`, { maxRedirects: 0 });
  expect(asked.status()).toBe(307);
  await elsewhere.close();
});

test("a referral is rejected with a reason, and the rejection is undone", async ({
  page,
  context,
  baseURL,
}) => {
  const shop = await openShop();
  const {
    advocate: { code },
  } = await programWithAdvocate(baseURL!, shop.secretKey);
  const api = apiOf(baseURL!, shop.secretKey);
  await api.post("/events", {
    type: "purchase",
    customer: { id: "jon", email: "jon@example.com" },
    code,
    order: { id: "o-1", total: "80.00", currency: "USD" },
  });
  api.close();
  await settled(shop.merchantId);
  await signIn(context, baseURL!, shop.owner.userId);
  await page.goto(`/admin/${shop.slug}/referrals`);
  await page.getByRole("link", { name: /jon/ }).first().click();
  await expect(page.getByText("Qualified").first()).toBeVisible();
  await page.getByRole("button", { name: /^Reject/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("Two accounts of one person.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: /^Reject/ }).click();
  await expect(page.getByText("Two accounts of one person.").first()).toBeVisible();
  await page.getByRole("button", { name: "Undo rejection" }).click();
  await expect(page.getByRole("button", { name: /^Reject/ })).toBeVisible();
  await expectAccessible(page);
});
