import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility";
import { type Api, apiOf } from "../support/api";
import { join } from "../support/enrolment";
import { advance, friendBuys, purchase, send } from "../support/events";
import { USUAL_TERMS } from "../support/program";
import { reloadUntil } from "../support/reload";
import { customerToken, signIn } from "../support/session";
import { openShop } from "../support/shop";
import { expect, test } from "../support/test";

const DUA = { id: "dua", email: "dua@example.com", name: "Dua Krasniqi" };

/**
 * Rewards as a game that can be trusted: built from nothing by browser, played by a customer, and
 * explained when it is undone.
 */
test("a merchant sets up loyalty; a customer earns, climbs, redeems and learns why", async ({
  page,
  context,
  newVisitor,
  baseURL,
}) => {
  test.setTimeout(420_000);
  const shop = await openShop();
  await signIn(context, baseURL!, shop.owner.userId);
  const live = `/admin/${shop.slug}`;
  const testMode = `/admin/${shop.sandboxSlug}`;
  const program = await draftProgram(apiOf(baseURL!, shop.secretKey));

  await test.step("the merchant adds a rule for own purchases", async () => {
    await page.goto(`${live}/loyalty/points`);
    // Until it is in place, what is streamed stands once more outside the page's own part.
    const main = page.getByRole("main");
    await expect(main.getByText("No way to earn points yet")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Points for own purchases" }).click();
    await page.getByLabel("Points", { exact: true }).fill("2");
    await page.getByLabel("Hold", { exact: true }).fill("14");
    await expect(page.getByRole("complementary", { name: "Preview" })).toContainText(
      "2 points for every $1 spent",
    );
    await expectAccessible(page);
    await page.getByRole("button", { name: "Add rule" }).click();
    await expect(
      page.getByRole("link", { name: "The advocate gets 2 points for every $1 spent" }),
    ).toBeVisible();
  });

  await test.step("and one for the first friend, and publishes both", async () => {
    await page.getByRole("button", { name: "Add rule" }).click();
    const templates = page.getByRole("dialog", { name: "Add a rule" });
    await expectAccessible(page);
    await templates.getByRole("link", { name: "Milestone: 5 friends" }).click();
    await page.getByRole("textbox", { name: /^Name/ }).fill("Milestone: the first friend");
    await page.getByLabel("How many friends").fill("1");
    await page.getByLabel("Repeat each time that many qualify").uncheck();
    await page.getByLabel("What it is").fill("A tea set");
    await page.getByLabel("Hold", { exact: true }).fill("0");
    await page.getByRole("button", { name: "Add rule" }).click();
    await expect(page.getByRole("link", { name: "The advocate gets A tea set" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Publish…" }).click();
    const dialog = page.getByRole("dialog", { name: "Publish version 1?" });
    await expect(dialog).toContainText("2 points for every $1");
    await expect(dialog).toContainText("A tea set");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Publish version 1" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Bring a friend" })).toBeVisible();
  });

  await test.step("two tiers, from the example on the page", async () => {
    await page.goto(`${live}/loyalty/tiers`);
    await page.getByRole("button", { name: "Remove Gold" }).click();
    await page.getByRole("group", { name: "Silver" }).getByLabel("From").fill("2");
    await page
      .getByRole("group", { name: "Bronze" })
      .getByRole("textbox", { name: /^Benefits/ })
      .fill("A free sample with each order.");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save tiers" }).click();
    // First what is shown for five seconds only, then what stays.
    await expect(
      page.getByText("Saved. Customers’ tiers are being updated.").first(),
    ).toBeVisible();
    await expect(page.getByRole("region", { name: "Customers by tier" })).toContainText(
      "2 qualified friends",
    );
    await expectAccessible(page);
  });

  await test.step("a badge of their own", async () => {
    const begin = async () => {
      await page.getByRole("link", { name: "New badge" }).click();
      await page.getByRole("textbox", { name: "Name" }).fill("Good word");
      await page.getByRole("textbox", { name: "Description" }).fill("The first friend came.");
      await page.getByLabel("Number", { exact: true }).fill("1");
      await page.getByRole("radio", { name: "Heart" }).check();
    };
    await page.goto(`${live}/loyalty/badges`);
    await begin();
    await expectAccessible(page);
    const question = page.getByRole("dialog", { name: "Leave without saving?" });
    const stay = async () => {
      await expect(question).toBeVisible();
      await question.getByRole("button", { name: "Keep editing" }).click();
      await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Good word");
    };
    await page.getByRole("link", { name: "Cancel" }).click();
    await stay();
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Search" }).getByRole("combobox").fill("Leaderboards");
    await page.keyboard.press("Enter");
    await stay();
    await page.getByRole("link", { name: "Cancel" }).click();
    await question.getByRole("button", { name: "Leave", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Badges" })).toBeVisible();
    await begin();
    const closing = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    expect((await closing).type()).toBe("beforeunload");
    await (await closing).dismiss();
    await page.getByRole("button", { name: "Create badge" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Good word" })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("one thing to buy with points, of which there is one", async () => {
    await page.goto(`${live}/loyalty/catalogue`);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Add item" }).first().click();
    await page.getByRole("textbox", { name: "Name" }).fill("Five off");
    await page.getByLabel("Amount", { exact: true }).fill("5");
    await page.getByLabel("Price").fill("100");
    await page.getByLabel("Stock").fill("1");
    await expect(page.getByRole("complementary", { name: "Preview" })).toContainText("100 points");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Add to catalogue" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Five off" })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("a leaderboard for each month", async () => {
    await page.goto(`${live}/loyalty/leaderboards`);
    await expectAccessible(page);
    await page.getByRole("link", { name: "New leaderboard" }).click();
    await page.getByRole("textbox", { name: "English" }).fill("Friends of the month");
    await expect(page.getByLabel("Monthly")).toBeChecked();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Create leaderboard" }).click();
    await expect(
      page.getByRole("heading", { level: 1, name: "Friends of the month" }),
    ).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("and points may fall below 0 when an order goes back", async () => {
    await page.goto(`${live}/settings`);
    await page.getByLabel("Allow a negative balance").check();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Saved.", { exact: true }).first()).toBeVisible();
    await expectAccessible(page);
  });

  const api = apiOf(baseURL!, shop.testKey);
  const {
    body: { referUrl },
  } = await api.get<{ referUrl: string }>(`/programs/${program}`);
  const customer = await newVisitor();
  await countPaper(customer);

  await test.step("a customer signs in by the shop's token and sees what points buy", async () => {
    await customer.goto(`${referUrl}?token=${await customerToken(shop.testKey, DUA)}`);
    await expect(customer.getByText("Hello, Dua")).toBeVisible();
    await expectAccessible(customer);
    await part(customer, "Status").click();
    await expect(customer.getByText("No tier yet")).toBeVisible();
    await expect(customer.getByText("1 more friend to reach Bronze")).toBeVisible();
    await expectAccessible(customer);
    await part(customer, "Points").click();
    await expect(customer.getByRole("heading", { level: 1, name: "Your points" })).toBeVisible();
    await expect(customer.getByText("100 more points needed")).toBeVisible();
    await expect(customer.getByText("2 points for every $1 spent")).toBeVisible();
    await expectAccessible(customer);
  });

  await test.step("they buy, and the points wait until it cannot be returned", async () => {
    await send(api, purchase(DUA, "order-1", "60.00"));
    await reloadUntil(customer, customer.getByText(/^120 points on /));
    await expect(balance(customer, "0")).toBeVisible();
    await expectAccessible(customer);
    await advance(api, "P15D");
    await customer.reload();
    await expect(balance(customer, "120")).toBeVisible();
    await expect(customer.getByText("Only one left")).toBeVisible();
  });

  await test.step("they redeem, and have the code at once", async () => {
    await customer.getByRole("button", { name: "Get it: Five off" }).click();
    const question = customer.getByRole("dialog", { name: "Get “Five off”?" });
    await expect(question).toContainText("It costs 100 points. You’ll have 20 points left.");
    await expectAccessible(customer);
    await question.getByRole("button", { name: "Spend 100 points" }).click();
    const done = customer.getByRole("dialog", { name: "“Five off” is yours" });
    await expect(done.getByLabel("Code")).toHaveValue(/^GW-/);
    await expect(done).toContainText("You have 20 points left.");
    await expectAccessible(customer);
    const code = await done.getByLabel("Code").inputValue();
    await done.getByRole("button", { name: "Done" }).click();
    await expect(balance(customer, "20")).toBeVisible();
    await expect(customer.getByText("Sold out")).toBeVisible();
    await expect(customer.getByText(code)).toBeVisible();
    await expectAccessible(customer);
  });

  const code = (await join(api, program, [DUA.id])).get(DUA.id)!;
  await test.step("a friend buys: a tier, a badge and a gift, celebrated once", async () => {
    await part(customer, "Share").click();
    await expect(customer.getByText("Hello, Dua")).toBeVisible();
    await send(api, ...friendBuys("jon", code));
    const news = customer
      .getByRole("status")
      .filter({ hasText: "You’ve reached Bronze. New badge: Good word" });
    await reloadUntil(customer, news);
    await news.scrollIntoViewIfNeeded();
    await expect.poll(() => paper(customer)).toBeGreaterThan(0);
    await expectAccessible(customer);
    const fallen = await paper(customer);
    await customer.reload();
    await expect(customer.getByText("One more friend and you reach Silver.")).toBeVisible();
    await expect(news).toHaveCount(0);
    expect(await paper(customer)).toBe(fallen);
    await part(customer, "Rewards").click();
    await expect(customer.getByRole("link", { name: /^A tea set/ })).toBeVisible();
    await expectAccessible(customer);

    await part(customer, "Status").click();
    await expect(customer.getByRole("heading", { name: "Bronze" })).toBeVisible();
    await expect(customer.getByText("1 more friend to reach Silver")).toBeVisible();
    await expect(customer.getByText("Good word").first()).toBeVisible();
    await expect(
      customer.getByRole("heading", { level: 1, name: "Tiers and badges" }),
    ).toBeVisible();
    await expect(customer.getByText("A free sample with each order.")).toBeVisible();
    await expect(customer.getByText(/^Earned on /)).toBeVisible();
    await expectAccessible(customer);
  });

  await test.step("a second friend: the next tier, no confetti under reduced motion", async () => {
    await customer.emulateMedia({ reducedMotion: "reduce" });
    await customer.goto(referUrl);
    const fallen = await paper(customer);
    await send(api, ...friendBuys("zoe", code));
    const news = customer.getByRole("status").filter({ hasText: "You’ve reached Silver." });
    await reloadUntil(customer, news);
    await news.scrollIntoViewIfNeeded();
    await expect(async () => {
      await customer.goto(`${referUrl}/tiers`);
      await expect(customer.getByText("You’ve reached the highest tier")).toBeVisible({
        timeout: 2_000,
      });
      await expect(news).toHaveCount(0, { timeout: 1 });
    }).toPass();
    expect(await paper(customer)).toBe(fallen);
  });

  await test.step("under a name of their choice they are on the leaderboard", async () => {
    await part(customer, "Leaderboard").click();
    await customer.getByLabel("Your name on the leaderboard").fill("Tea fox");
    await customer.getByRole("button", { name: "Join the leaderboard" }).click();
    await expect(customer.getByRole("row", { name: /1 Tea fox\s*You 2/ })).toBeVisible();
    await customer.getByRole("link", { name: "Friends of the month" }).click();
    await expect(
      customer.getByRole("heading", { level: 1, name: "Friends of the month" }),
    ).toBeVisible();
    await expect(customer.getByRole("region", { name: "Your rank" })).toContainText("Rank 1 of 1");
    await expectAccessible(customer);
  });

  await test.step("the order is refunded: points are reversed, the receipt says why", async () => {
    await send(api, {
      type: "refund",
      id: "refund-1",
      refund: { orderId: "order-1", currency: "USD" },
    });
    await customer.goto(`${referUrl}/points`);
    await reloadUntil(customer, balance(customer, "-100"));
    await expect(
      customer.getByText(
        /^An order was refunded after you spent its points\. You still owe 100 points;/,
      ),
    ).toBeVisible();
    await expect(customer.getByRole("listitem").filter({ hasText: "Reversed" })).toContainText(
      "-120",
    );
    await expectAccessible(customer);
    await customer.getByRole("link", { name: /^Reversed/ }).click();
    await expect(customer.getByRole("heading", { level: 1, name: "120 points" })).toBeVisible();
    await expect(customer.getByText("The order was refunded.").first()).toBeVisible();
    await expect(customer.getByText("order-1")).toBeVisible();
    await expectAccessible(customer);
  });

  await test.step("they ask the shop", async () => {
    await customer.locator("summary", { hasText: "Ask the shop" }).click();
    await customer.getByLabel("Your question").fill("I only sent one of the two cups back.");
    await customer.getByRole("button", { name: "Ask the shop" }).click();
    await expect(customer.getByText(/^You asked on .* hasn’t answered yet\.$/)).toBeVisible();
    await expectAccessible(customer);
  });

  await test.step("the merchant finds them by the order, in two clicks, and answers", async () => {
    await page.goto(`${testMode}/desk`);
    await page.getByRole("searchbox").fill("order-1");
    await page.getByRole("searchbox").press("Enter");
    const found = page.getByRole("list", { name: "Customers found" });
    await expect(found).toContainText("Dua Krasniqi");
    await expect(found).toContainText("The order behind it was refunded");
    await expectAccessible(page);
    await found.getByRole("link", { name: "120 points" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "120 points" })).toBeVisible();
    await expectAccessible(page);

    await page.goto(`${testMode}/desk`);
    await page.getByRole("link", { name: /^Questions/ }).click();
    await expect(page.getByRole("list", { name: "Questions" })).toContainText(
      "I only sent one of the two cups back.",
    );
    await page.getByRole("button", { name: "Answer…" }).click();
    await page
      .getByRole("textbox", { name: "Your answer" })
      .fill("Both cups came back to us, so the points went back too.");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Send answer" }).click();
    await expect(page.getByText("No open questions")).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("the customer reads the answer, the merchant what is still owed", async () => {
    await customer.reload();
    await expect(
      customer.getByText("Both cups came back to us, so the points went back too."),
    ).toBeVisible();
    await expect(customer.getByText("Nothing has changed.")).toBeVisible();
    await expectAccessible(customer);
    await page.goto(`${testMode}/loyalty/points`);
    await expect(
      page.locator("p", { hasText: /^Owed back$/ }).locator("xpath=following-sibling::p[1]"),
    ).toHaveText("100");
    await expectAccessible(page);
  });
  api.close();
});

/** A program with the usual rules, not published. @returns its id */
async function draftProgram(api: Api): Promise<string> {
  const { status, body } = await api.post<{ id: string }>("/programs", {
    name: "Bring a friend",
    terms: USUAL_TERMS,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  api.close();
  return body.id;
}

/** The way to a part of the customer's page. */
function part(page: Page, name: string): Locator {
  return page
    .getByRole("navigation", { name: "Parts of your page" })
    .getByRole("link", { name, exact: true });
}

/** The number at the top of the page of points. */
function balance(page: Page, points: string): Locator {
  return page.locator("p", { hasText: new RegExp(`^${points}\\s*points$`) });
}

/** Counts every piece of paper that a page lets fall, over reloads. */
async function countPaper(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (...how) {
      sessionStorage.setItem("paper", String(Number(sessionStorage.getItem("paper") ?? 0) + 1));
      return animate.apply(this, how);
    };
  });
}

function paper(page: Page): Promise<number> {
  return page.evaluate(() => Number(sessionStorage.getItem("paper") ?? 0));
}
