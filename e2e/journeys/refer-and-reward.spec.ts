import type { Page } from "@playwright/test";
import { randomCharacters } from "@/lib/core/id";
import { expectAccessible } from "../support/accessibility";
import { apiOf, type Taken } from "../support/api";
import { linkInEmail } from "../support/outbox";
import { reloadUntil } from "../support/reload";
import { askDatabase } from "../support/server/database";
import { expect, test } from "../support/test";

// An email is shown in a frame that runs no script, and the browser rightly stops the recorder's
// there.
test.use({ allowedComplaints: [/^Blocked script execution in 'about:srcdoc'/] });

/**
 * The main job from end to end, by browser: from a merchant's sign-up to two paid rewards and
 * figures that are true.
 */
test("a merchant publishes, a customer shares, a friend buys, and both are rewarded", async ({
  page,
  newVisitor,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const tag = randomCharacters(6);
  const shopName = `Bean and Leaf ${tag}`;
  const [owner, mira, jon] = ["owner", "mira", "jon"].map(
    (name) => `${name}-${tag}@example.com`,
  ) as [string, string, string];

  await test.step("the merchant signs up", async () => {
    await page.goto("/sign-up");
    await expectAccessible(page);
    await page.getByLabel("Shop name").fill(shopName);
    await page.getByLabel("Currency").selectOption("USD");
    await page.getByLabel("Time zone").selectOption("UTC");
    await page.getByLabel("Your name").fill("Vera Linde");
    await page.getByLabel("Email").fill(owner);
    await page.getByLabel("Password").fill("a few plain words");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page).toHaveURL(/\/admin\/bean-and-leaf-/);
    await expectAccessible(page);
  });
  const slug = new URL(page.url()).pathname.split("/")[2]!;
  const live = `/admin/${slug}`;
  const testMode = `/admin/${slug}-test`;

  await test.step("makes a program, sees it as friends will, and publishes it", async () => {
    await page.goto(`${live}/programs`);
    await expectAccessible(page);
    await page.getByRole("link", { name: "New program" }).click();
    await page.getByLabel("Name of the program").fill("Bring a friend");
    await page.getByLabel("The friend gets").selectOption("amount_off");
    await page.getByLabel("Amount", { exact: true }).first().fill("5");
    await page.getByLabel("The advocate gets").selectOption("credit");
    await page.getByLabel("Amount", { exact: true }).last().fill("10");
    await page.getByLabel("makes a first purchase", { exact: true }).check();
    await page.getByLabel("Hold rewards for").fill("14");
    await page.getByRole("textbox", { name: "Terms in English" }).fill("One reward per household.");
    await expectAccessible(page);

    const preview = page.getByRole("complementary", { name: "Preview" });
    await showPreview(page);
    await expect(preview.getByRole("img")).toHaveAccessibleName(
      /Ana invites you to Bean and Leaf .*\$5(\.00)? off.*\$10(\.00)? store credit/,
    );
    await expectAccessible(page);
    await showQuestions(page);
    await page.getByRole("button", { name: "Publish…" }).click();
    const dialog = page.getByRole("dialog", { name: "Publish version 1?" });
    await expect(dialog).toContainText("$10");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Publish version 1" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Bring a friend" })).toBeVisible();
    await expect(page.getByLabel("Link to the customers’ page")).toHaveValue(/\/refer\//);
    await expectAccessible(page);
  });

  const testKey = await test.step("makes a test key", async () => {
    await page.goto(`${testMode}/settings/keys`);
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Shop backend");
    await page.getByRole("button", { name: "Create key" }).click();
    await expectAccessible(page);
    const key = await page.getByLabel("API key", { exact: true }).inputValue();
    expect(key).toMatch(/^gw_test_/);
    return key;
  });
  await page.goto(`${testMode}/programs`);
  await page.getByRole("link", { name: "Bring a friend" }).click();
  const referPage = await page.getByLabel("Link to the customers’ page").inputValue();

  const customer = await newVisitor();
  await test.step("a customer asks for a link, and finds it in an email", async () => {
    await customer
      .context()
      .grantPermissions(["clipboard-read", "clipboard-write"], { origin: baseURL! });
    await customer.goto(referPage);
    await expectAccessible(customer);
    await customer.getByLabel("Your email address").fill(mira);
    await customer.getByRole("button", { name: "Email me my link" }).click();
    await expect(customer.getByText("Check your email")).toBeVisible();
    await customer.goto(await linkInEmail(page, testMode, mira, /Your sign-in link/));
    await expectAccessible(customer);
    await customer.getByRole("button", { name: "Sign in" }).click();
    await expect(customer.getByRole("heading", { level: 1 })).toHaveText(
      /Give \$5(\.00)? off, get \$10(\.00)? store credit/,
    );
    await expectAccessible(customer);
  });

  const shareLink = await test.step("and copies it, which counts as a share", async () => {
    await customer.getByRole("button", { name: "Copy link" }).click();
    await expect(customer.getByRole("button", { name: "Copied" })).toBeVisible();
    const copied = await customer.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/\/r\/[A-Z]+-[A-Z0-9]+\?c=copy$/);
    await expect.poll(() => shares(`${slug}-test`)).toEqual([{ channel: "copy", shares: 1 }]);
    return copied;
  });

  const friend = await newVisitor();
  const coupon = await test.step("the friend opens it, accepts, and has a coupon", async () => {
    await friend.goto(shareLink);
    await expect(friend).toHaveURL(/\/i\/[A-Z0-9-]+/);
    await expect(friend.getByRole("heading", { level: 1 })).toContainText(
      `invites you to ${shopName}`,
    );
    await expect(friend.getByText(/\$5(\.00)? off/)).toBeVisible();
    await expectAccessible(friend);
    await friend.getByLabel("Your email address").fill(jon);
    await friend.getByRole("button", { name: "Accept invitation" }).click();
    await expect(
      friend.getByRole("heading", { level: 1, name: `Welcome to ${shopName}` }),
    ).toBeVisible();
    await expectAccessible(friend);
    return (await friend.getByRole("status", { name: "Code" }).textContent())!.trim();
  });
  expect(coupon).toMatch(/^GW-/);

  const api = apiOf(baseURL!, testKey);
  await test.step("the friend buys with it, and the advocate's reward is on hold", async () => {
    const { status, body } = await api.post<Taken>("/events", {
      type: "purchase",
      customer: { id: "jon", email: jon },
      order: { id: "order-1", total: "49.90", currency: "USD", discountCode: coupon },
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: { accepted: 1, duplicates: 0, rejected: [], warnings: [] },
    });
    await customer.goto(`${referPage}/rewards`);
    const credit = customer
      .getByRole("listitem")
      .filter({ has: customer.getByRole("link", { name: /store credit/ }) });
    await reloadUntil(customer, credit.getByText("On hold", { exact: true }));
    await expectAccessible(customer);
    await customer.getByRole("link", { name: "Friends", exact: true }).click();
    await expect(customer.getByText("Qualified", { exact: true })).toBeVisible();
    await expectAccessible(customer);
    await customer.getByRole("link", { name: "Rewards", exact: true }).click();
    await expect(credit).toBeVisible();
  });

  await test.step("once the hold is over it is the advocate's, with a receipt", async () => {
    const { status } = await api.post("/test-clock", { advance: "P15D" });
    expect(status).toBe(200);
    await customer.reload();
    await expect(customer.getByText("Added", { exact: true })).toBeVisible();
    await customer.getByRole("link", { name: /store credit/ }).click();
    await expect(
      customer.getByRole("heading", { level: 1, name: /\$10(\.00)? store credit/ }),
    ).toBeVisible();
    await expect(customer.getByText(/after a hold of 14 days/)).toBeVisible();
    // What a friend spends is the friend's own business.
    await expect(customer.getByText("49.90")).toHaveCount(0);
    await expectAccessible(customer);
  });

  await test.step("everyone was written to", async () => {
    await page.goto(`${testMode}/outbox`);
    await expectAccessible(page);
    for (const subject of [
      `Your invite link for ${shopName}`,
      /accepted your invitation/,
      /It’s yours: \$5(\.00)? off/,
      /You earned/,
      /It’s yours: .*store credit/,
    ]) {
      await expect(page.getByRole("link", { name: subject }).first()).toBeVisible();
    }
  });

  await test.step("the merchant's figures are true to the cent", async () => {
    await page.goto(`${testMode}/programs`);
    await page.getByRole("link", { name: "Bring a friend" }).click();
    for (const [label, value] of [
      ["Advocates", "1"],
      ["Link clicks", "1"],
      ["Friends", "1"],
      ["Qualified", "1"],
      ["Rewards", "2"],
      ["Cost", "$15.00"],
    ] as const) {
      await expect(figure(page, label)).toHaveText(value);
    }
    await expectAccessible(page);
    await page.goto(`${testMode}/referrals`);
    await expectAccessible(page);
    await page.getByRole("link", { name: /jon/ }).first().click();
    await expect(page.getByText("Rewarded").first()).toBeVisible();
    await expectAccessible(page);
    await page.goto(testMode);
    for (const [label, value] of [
      ["Referred revenue", "$49.90"],
      ["Program cost", "$15.00"],
      ["Referral conversion", /^100(\.0)?\s?%$/],
    ] as const) {
      await expect(figure(page, label)).toHaveText(value);
    }
    await expectAccessible(page);
    await page.getByRole("link", { name: "Referred revenue", exact: true }).first().click();
    await expect(page.getByText("$49.90").first()).toBeVisible();
    await expectAccessible(page);
    // Test mode is kept apart: the shop itself has had no friend.
    await page.goto(`${live}/programs`);
    await page.getByRole("link", { name: "Bring a friend" }).click();
    await expect(figure(page, "Friends")).toHaveText("0");
  });
  api.close();
});

/** On a narrow screen a switch shows either the form or its preview. */
async function showPreview(page: Page): Promise<void> {
  const choice = page.getByRole("radio", { name: "Preview" });
  if (await choice.isVisible()) await choice.check();
}

async function showQuestions(page: Page): Promise<void> {
  const choice = page.getByRole("radio", { name: "Questions" });
  if (await choice.isVisible()) await choice.check();
}

/** The number under a label of the figures on a page. */
function figure(page: Page, label: string) {
  return page
    .locator("p", { hasText: new RegExp(`^${label}$`) })
    .locator("xpath=following-sibling::p[1]");
}

function shares(merchantSlug: string) {
  return askDatabase<{ channel: string; shares: number }>(
    `SELECT e.channel, count(*)::int AS shares FROM event e JOIN merchant m ON m.id = e.merchant_id
     WHERE m.slug = $1 AND e.type = 'share' GROUP BY e.channel`,
    [merchantSlug],
  );
}
