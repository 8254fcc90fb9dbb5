import type { Page } from "@playwright/test";
import { codeAt } from "@/lib/auth/two-step/app-code";
import { base32 } from "@/lib/auth/two-step/testing";
import { expectAccessible } from "../support/accessibility";
import { addMember, signIn } from "../support/session";
import { openShop, type Shop } from "../support/shop";
import { expect, test } from "../support/test";

async function signInByPassword(page: Page, { owner }: Shop): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("an owner sets up two-step sign-in, signs in with it, and asks it of the team", async ({
  page,
  newVisitor,
  baseURL,
}) => {
  const shop = await openShop();
  await signInByPassword(page, shop);
  await expect(page).toHaveURL(new RegExp(`/admin/${shop.slug}`));
  await page.goto("/account");
  await page.getByRole("link", { name: "Set up two-step sign-in" }).click();
  // The page before asks for the password too.
  await expect(page.getByRole("heading", { level: 1, name: "Two-step sign-in" })).toBeVisible();
  await page.getByLabel("Your password").fill(shop.owner.password);
  await page.getByRole("button", { name: "Set up two-step sign-in" }).click();
  await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  await expectAccessible(page);
  const secret = base32(await page.getByText(/^[A-Z2-7 ]{39}$/).innerText());
  await page.getByLabel("Six-digit code").fill(codeAt(secret, Date.now()));
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("heading", { name: "Save your recovery codes" })).toBeVisible();
  await expectAccessible(page);
  const codes = await page.getByRole("main").getByRole("listitem").allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByRole("button", { name: "I have saved them" }).click();
  await expect(page.getByText("10 recovery codes left.")).toBeVisible();
  await expectAccessible(page);

  // Elsewhere the password alone opens nothing; the app's next code does.
  const elsewhere = await newVisitor();
  await signInByPassword(elsewhere, shop);
  await expect(elsewhere).toHaveURL(/\/sign-in\/code$/);
  await expectAccessible(elsewhere);
  await elsewhere.goto(`/admin/${shop.slug}`);
  await expect(elsewhere).toHaveURL(/\/sign-in\?next=/);
  await elsewhere.goto("/sign-in/code");
  await elsewhere.getByLabel("Six-digit code").fill("000000");
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await expect(elsewhere.getByText(/This code is wrong/).last()).toBeVisible();
  await elsewhere.getByLabel("Six-digit code").fill(codeAt(secret, Date.now() + 30_000));
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await expect(elsewhere).toHaveURL(new RegExp(`/admin/${shop.slug}`));

  // So does a recovery code, once.
  const third = await newVisitor();
  await signInByPassword(third, shop);
  await third.getByRole("link", { name: "Use a recovery code" }).click();
  await third.getByLabel("Recovery code").fill(codes[0]!);
  await third.getByRole("button", { name: "Sign in" }).click();
  await expect(third).toHaveURL(new RegExp(`/admin/${shop.slug}`));

  // The shop asks it of the team; an admin without it is led to set it up.
  await page.goto(`/admin/${shop.slug}/settings/team`);
  await page.getByLabel("Owners and admins need two-step sign-in").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await expectAccessible(page);
  const admin = await newVisitor();
  await signIn(admin.context(), baseURL!, await addMember(shop, "admin"));
  await admin.goto(`/admin/${shop.slug}/programs`);
  await expect(admin).toHaveURL(/\/account\/two-step\?shop=/);
  await expect(admin.getByText(`${shop.name} asks for two-step sign-in`)).toBeVisible();
  await expectAccessible(admin);
});
