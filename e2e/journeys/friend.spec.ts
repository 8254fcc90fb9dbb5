import type { Page } from "@playwright/test";
import { inScope } from "@/lib/merchants/scope";
import { answerUrl } from "@/lib/messaging/rules/answer-link";
import { MOST_BYTES } from "@/lib/operations/pages/weight";
import { expectAccessible } from "../support/accessibility";
import { programWithAdvocate, USUAL_TERMS } from "../support/program";
import { openShop, type Shop } from "../support/shop";
import { expect, test } from "../support/test";

/** What a page loaded, in bytes as they were sent, by type. */
function weigh(page: Page): { type: string; path: string; bytes: Promise<number> }[] {
  const loaded: { type: string; path: string; bytes: Promise<number> }[] = [];
  page.on("requestfinished", (request) =>
    loaded.push({
      type: request.resourceType(),
      path: new URL(request.url()).pathname,
      bytes: request.sizes().then(({ responseBodySize }) => responseBodySize),
    }),
  );
  return loaded;
}

const setShopAddress = (shop: Shop, shopUrl: string) =>
  inScope(shop.scope, ({ db }) =>
    db.merchant.update({ where: { id: shop.merchantId }, data: { shopUrl } }),
  );

test("a friend has a code in one press, on a page that weighs next to nothing", async ({
  page,
  context,
  baseURL,
}, { project }) => {
  const shop = await openShop();
  await setShopAddress(shop, "https://shop.example.com/");
  const { advocate } = await programWithAdvocate(baseURL!, shop.secretKey);
  const { width } = page.viewportSize()!;
  // What is left of a phone's screen between the bars of its browser.
  if (project.name === "phone") await page.setViewportSize({ width, height: 664 });
  const loaded = weigh(page);
  await page.goto(`/i/${advocate.code}`, { waitUntil: "networkidle" });

  const field = page.getByLabel("Your email address");
  const button = page.getByRole("button", { name: "Accept invitation" });
  await expect(field).toBeInViewport({ ratio: 1 });
  await expect(button).toBeInViewport({ ratio: 1 });
  await expect(page.getByText("$5 off")).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);

  const weights = await Promise.all(
    loaded.map(async (one) => ({ ...one, bytes: await one.bytes })),
  );
  const sum = (type: string) =>
    weights.filter((one) => one.type === type).reduce((total, { bytes }) => total + bytes, 0);
  expect(sum("script")).toBeGreaterThan(0);
  expect(sum("script")).toBeLessThanOrEqual(MOST_BYTES.script);
  expect(sum("stylesheet")).toBeLessThanOrEqual(MOST_BYTES.styles);
  for (const face of weights.filter(({ type }) => type === "font"))
    expect(face.bytes, face.path).toBeLessThanOrEqual(MOST_BYTES.face);
  expect(weights.map(({ type }) => type).sort()).toEqual([
    "document",
    "font",
    "other",
    "script",
    "stylesheet",
  ]);

  await field.fill("jon@example.com");
  await button.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Welcome to ${shop.name}`);
  await expect(page.getByRole("status", { name: "Code" })).toHaveText(/^GW-/);
  await expect(page.getByRole("link", { name: `Go to ${shop.name}` })).toHaveAttribute(
    "href",
    `https://shop.example.com/?code=${advocate.code}`,
  );
  await expectAccessible(page);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: baseURL! });
  await page.getByRole("button", { name: "Copy code" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^GW-/);
});

test.describe("without any script", () => {
  test.use({ javaScriptEnabled: false });

  test("a refused email address stays in its field, and the next one is accepted", async ({
    page,
    baseURL,
  }) => {
    const shop = await openShop();
    const { advocate } = await programWithAdvocate(baseURL!, shop.secretKey);
    await page.goto(`/i/${advocate.code}`);
    const field = page.getByLabel("Your email address");
    // Good enough for a browser.
    await field.fill("jon@example");
    await page.getByRole("button", { name: "Accept invitation" }).click();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveValue("jon@example");
    await field.fill("jon@example.com");
    await page.getByRole("button", { name: "Accept invitation" }).click();
    await expect(page.getByRole("status", { name: "Code" })).toHaveText(/^GW-/);
    await expect(page.getByRole("button", { name: "Copy code" })).toBeHidden();
  });
});

test("friends of a shop without a web address read what to say at its counter", async ({
  page,
  newVisitor,
  baseURL,
}) => {
  const shop = await openShop();
  const { advocate } = await programWithAdvocate(baseURL!, shop.secretKey);
  await page.goto(`/i/${advocate.code}`);
  await accept(page);
  await expect(page.getByText("Say or show this code when you pay")).toBeVisible();
  await expect(page.getByText("Or give the email address you entered here")).toBeVisible();
  await expectAccessible(page);

  // Where the friend's reward comes later, the code of who invites says whose friend they are.
  const later = await openShop();
  const {
    advocate: { code },
  } = await programWithAdvocate(baseURL!, later.secretKey, {
    ...USUAL_TERMS,
    rules: USUAL_TERMS.rules.filter(({ side }) => side === "advocate"),
  });
  const friend = await newVisitor();
  await friend.goto(`/i/${code}`);
  await accept(friend);
  const counter = friend.locator("section", { hasText: `When you pay at ${later.name}` });
  await expect(counter.getByRole("status", { name: "Code" })).toHaveText(code);
});

async function accept(page: Page): Promise<void> {
  await page.getByLabel("Your email address").fill("jon@example.com");
  await page.getByRole("button", { name: "Accept invitation" }).click();
}

test("the link in a friend's email leads to one button, without a framework", async ({
  page,
  newVisitor,
  baseURL,
}) => {
  const shop = await openShop();
  const { advocate } = await programWithAdvocate(baseURL!, shop.secretKey);
  await page.goto(`/i/${advocate.code}`);
  await accept(page);
  await expect(page.getByRole("status", { name: "Code" })).toHaveText(/^GW-/);
  const referrals = () =>
    inScope(shop.scope, ({ db, merchantId }) =>
      db.referral.findMany({ where: { merchantId }, select: { id: true, provenBy: true } }),
    );
  const [referral] = await referrals();
  const { merchantId } = shop;
  const who = { merchantId, referralId: referral!.id, email: "jon@example.com" };
  const { pathname } = new URL(answerUrl(advocate.code, who));

  const reader = await newVisitor();
  const loaded = weigh(reader);
  await reader.goto(pathname, { waitUntil: "networkidle" });
  const scripts = loaded.filter(({ type }) => type === "script");
  expect(scripts.map(({ path }) => path)).toEqual(["/invite.js"]);
  await expectAccessible(reader);
  await reader.locator("main").getByRole("button").first().click();
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText(`Welcome to ${shop.name}`);
  expect(await referrals()).toMatchObject([{ provenBy: "email" }]);
});

test("programs that list pages are asked to leave out those of one person", async ({
  request,
  baseURL,
}) => {
  const shop = await openShop();
  const { advocate } = await programWithAdvocate(baseURL!, shop.secretKey);
  const told = async (agent: string) => {
    const answer = await request.get(`/i/${advocate.code}`, { headers: { "user-agent": agent } });
    return answer.headers()["x-robots-tag"];
  };
  expect(await told("Mozilla/5.0 (compatible; Googlebot/2.1)")).toBe("noindex");
});
