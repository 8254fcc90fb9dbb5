import { openShop as openFullShop } from "@/lib/auth/matrix/testing/open-shop";
import { randomCharacters } from "@/lib/core/id";
import { expectAccessible } from "../support/accessibility";
import { signIn } from "../support/session";
import { connectDatabase } from "../support/shop";
import { expect, test } from "../support/test";

const fullShop = async () => {
  await connectDatabase();
  return openFullShop(`lists-${randomCharacters(6).toLowerCase()}`);
};

test("a list is kept as its member likes it: a view of it, and its columns", async ({
  page,
  context,
  baseURL,
  isMobile,
}) => {
  const shop = await fullShop();
  await signIn(context, baseURL!, shop.members.support);
  await page.goto(`/admin/${shop.slug}/customers`);
  await page.getByRole("searchbox").fill("ben");
  await expect(page).toHaveURL(/search=ben/);
  const views = page.getByRole("button", { name: "Views" });
  await views.click();
  await page.getByRole("menuitem", { name: "Keep this view…" }).click();
  const dialog = page.getByRole("dialog", { name: "Keep this view" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Bens");
  await dialog.getByRole("checkbox").check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Keep view" }).click();
  await expect(dialog).toBeHidden();

  await signIn(context, baseURL!, shop.members.owner);
  await page.goto(`/admin/${shop.slug}/customers`);
  await views.click();
  await page.getByRole("menuitem", { name: /^Bens/ }).click();
  await expect(page.getByRole("row", { name: /-ben/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /-cem/ })).toHaveCount(0);

  // A phone shows what fits on two lines.
  if (isMobile) return;
  const column = page.getByRole("columnheader", { name: "Your ID" });
  await expect(column).toBeVisible();
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Your ID" }).click();
  await expect(column).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Orders" })).toBeVisible();
  await expect(column).toHaveCount(0);
});

test("several are decided at once, and undone where it is told", async ({
  page,
  context,
  baseURL,
}) => {
  const shop = await fullShop();
  await signIn(context, baseURL!, shop.members.support);
  await page.goto(`/admin/${shop.slug}/referrals?review=true`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(page.getByText("1 of 1 selected")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Reject…" }).click();
  const dialog = page.getByRole("dialog", { name: "Reject this referral?" });
  await dialog.getByRole("textbox").fill("One household.");
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await expect(page.getByText("1 rejected.").first()).toBeVisible();
  await expect(page.getByText("Nothing to review")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Rejection undone.").first()).toBeVisible();
  await page.goto(`/admin/${shop.slug}/referrals/${shop.reviewedReferralId}`);
  // Open to be decided again.
  await expect(page.getByRole("button", { name: "Reject…" })).toBeVisible();
});
