import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { askQuestion } from "@/lib/desk/commands";
import { expectAccessible } from "../support/accessibility";
import { apiOf } from "../support/api";
import { settled } from "../support/books";
import { programWithAdvocate, USUAL_TERMS } from "../support/program";
import { signIn } from "../support/session";
import { openShop, type Shop } from "../support/shop";
import { expect, test } from "../support/test";

const GIFT_TOO = {
  ...USUAL_TERMS,
  rules: [
    ...USUAL_TERMS.rules,
    {
      id: "bowl",
      side: "advocate" as const,
      on: { kind: "qualified" as const },
      conditions: { all: [] },
      benefit: { kind: "gift" as const, title: "A tea bowl", unitCost: "4.00" },
      calculator: { kind: "none" as const },
      holdDays: 0,
    },
  ],
};

/** A shop in which a question, a gift and a nomination's friend wait for its owner. */
async function busyShop(baseURL: string): Promise<Shop> {
  const shop = await openShop();
  const { advocate } = await programWithAdvocate(baseURL, shop.secretKey, GIFT_TOO);
  const api = apiOf(baseURL, shop.secretKey);
  await api.post("/events", {
    type: "purchase",
    customer: { id: "jon", email: "jon@example.com", name: "Jon" },
    code: advocate.code,
    order: { id: "BR-77", total: "80.00", currency: "USD" },
  });
  await settled(shop.merchantId);
  const { body } = await api.get<{
    data: { id: string; state: string; benefit: { kind: string } }[];
  }>("/rewards?customer=mira");
  api.close();
  const held = body.data.find(({ state }) => state === "held")!;
  await askQuestion(shop.scope, advocate.customerId, {
    rewardId: held.id,
    message: "May I have it before Friday?",
  });
  return shop;
}

const goTo = async (page: Page, name: string) => {
  if ((page.viewportSize()?.width ?? 0) < 1024)
    await page.getByRole("button", { name: "Open menu" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
};

test("the owner sees what waits, deals with each, and takes the list along", async ({
  page,
  context,
  baseURL,
}) => {
  const shop = await busyShop(baseURL!);
  await signIn(context, baseURL!, shop.owner.userId);

  await test.step("the overview says what waits", async () => {
    await page.goto(`/admin/${shop.slug}`);
    await expect(page.getByRole("link", { name: /1 question to answer/ })).toBeVisible();
    await expect(page.getByRole("link", { name: /1 reward to deliver/ })).toBeVisible();
  });

  await test.step("a question is answered", async () => {
    await goTo(page, "Needs you");
    await expect(page.getByRole("heading", { level: 1, name: "Needs you" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: /Mira.*before Friday/ }).click();
    await page.getByRole("button", { name: "Answer…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("It is yours next week.");
    await dialog.getByRole("button", { name: "Send answer" }).click();
    // The list is still searched for what was answered.
    await expect(page.getByText("Nothing matches")).toBeVisible();
  });

  await test.step("a gift is delivered", async () => {
    await goTo(page, "Needs you");
    await page.getByRole("link", { name: /Mira.*A tea bowl/ }).click();
    await page.getByRole("button", { name: "Mark as delivered…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Mark as delivered" }).click();
    await expect(page.getByText("Marked as delivered.").first()).toBeVisible();
  });

  await test.step("it was the wrong one, and is undone", async () => {
    await page.getByRole("button", { name: "Undo…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("Another bowl was meant.");
    await dialog.getByRole("button", { name: "Undo delivery" }).click();
    await expect(page.getByRole("button", { name: "Mark as delivered…" })).toBeVisible();
    await goTo(page, "Needs you");
    await expect(page.getByText("1 reward to deliver")).toBeVisible();
  });

  await test.step("the list is taken along as it is filtered", async () => {
    await page.goto(`/admin/${shop.slug}/rewards`);
    await page.getByRole("searchbox").fill("mira");
    await expect(page).toHaveURL(/search=mira/);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export CSV" }).click(),
    ]);
    const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\r\n");
    expect(lines[0]).toContain("id,program,rule,side");
    // Mira's credit and bowl; the friend's coupon is not hers.
    expect(lines).toHaveLength(3);
  });
});

test("anything is found by its name", async ({ page, context, baseURL }) => {
  const shop = await busyShop(baseURL!);
  await signIn(context, baseURL!, shop.owner.userId);
  await page.goto(`/admin/${shop.slug}/programs`);
  await expect(page.getByRole("heading", { level: 1, name: "Programs" })).toBeVisible();
  const palette = page.getByRole("dialog", { name: "Search" });
  // The key is heard once the page's scripts run.
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(palette).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await palette.getByRole("combobox").fill("BR-77");
  await expect(palette.getByRole("option", { name: /Jon.*Order BR-77/ })).toBeVisible();
  await expectAccessible(page);
  await palette.getByRole("combobox").fill("clv");
  await expect(palette.getByRole("option")).toHaveText(["Customer lifetime value"]);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Customer lifetime value");
  await expect(page.getByText("Assumes a gross margin of 50%.")).toBeVisible();
});

test.describe("a missing page", () => {
  // The browser itself tells of the status.
  test.use({ allowedComplaints: [/status of 404/] });

  test("keeps the way back at hand", async ({ page, context, baseURL }) => {
    const shop = await openShop();
    await signIn(context, baseURL!, shop.owner.userId);
    const answer = await page.goto(`/admin/${shop.slug}/no/such/page`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Goodword" }).first()).toBeVisible();
  });
});
