import { randomCharacters } from "@/lib/core/id";
import { expectAccessible } from "../support/accessibility";
import { Effort } from "../support/effort";
import { linkInEmail } from "../support/outbox";
import { expect, test } from "../support/test";

// The email that is read on the way is shown in a frame that runs no script.
test.use({ allowedComplaints: [/^Blocked script execution in 'about:srcdoc'/] });

test("from sign-up to a friend's coupon, with what each had to do", async ({
  page,
  newVisitor,
  isMobile,
}) => {
  test.setTimeout(180_000);
  const begun = performance.now();
  const tag = randomCharacters(6);
  const [owner, advocate, friend] = [new Effort(), new Effort(), new Effort()];
  const mira = `mira-${tag}@example.com`;

  await test.step("a newcomer opens a shop", async () => {
    await page.goto("/");
    await owner.press(page.getByRole("link", { name: "Create your account" }).first());
    await owner.fill(page.getByLabel("Shop name"), `Bean and Leaf ${tag}`);
    await owner.choose(page.getByLabel("Currency"), "EUR");
    // Their browser says where they are.
    await expect(page.getByLabel("Time zone")).not.toHaveValue("");
    await owner.fill(page.getByLabel("Your name"), "Vera Linde");
    await owner.fill(page.getByLabel("Email"), `vera-${tag}@example.com`);
    await owner.fill(page.getByLabel("Password"), "a few plain words");
    await owner.press(page.getByRole("button", { name: "Create account" }));
    await expect(page).toHaveURL(/\/admin\//);
  });
  const admin = `/admin/${new URL(page.url()).pathname.split("/")[2]}`;

  const referPage = await test.step("publishes a program as it is proposed", async () => {
    await owner.press(page.getByRole("link", { name: "Create program" }).first());
    await owner.fill(page.getByLabel("Name of the program"), "Bring a friend");
    await owner.press(page.getByRole("button", { name: "Publish…" }));
    const dialog = page.getByRole("dialog", { name: "Publish version 1?" });
    await owner.press(dialog.getByRole("button", { name: "Publish version 1" }));
    await expect(page.getByRole("heading", { level: 1, name: "Bring a friend" })).toBeVisible();
    return page.getByLabel("Link to the customers’ page").inputValue();
  });

  const customer = await newVisitor();
  const shareLink = await test.step("a customer joins by email and is greeted", async () => {
    await customer.goto(referPage);
    await advocate.fill(customer.getByLabel("Your email address"), mira);
    await advocate.press(customer.getByRole("button", { name: "Email me my link" }));
    await expect(customer.getByText("Check your email")).toBeVisible();
    await customer.goto(await linkInEmail(page, admin, mira, /Your sign-in link/));
    await advocate.press(customer.getByRole("button", { name: "Sign in" }));
    await advocate.fill(customer.getByLabel("Your first name"), "Mira");
    await advocate.press(customer.getByRole("button", { name: "Save name" }));
    await expect(customer.getByText("Hello, Mira")).toBeVisible();
    await expectAccessible(customer);
    return customer.getByLabel("Your invite link").inputValue();
  });

  const visitor = await newVisitor();
  await test.step("a friend has a coupon with one field and one press", async () => {
    await visitor.goto(shareLink);
    await expect(visitor.getByRole("heading", { level: 1 })).toContainText("Mira invites you");
    await friend.fill(visitor.getByLabel("Your email address"), `jon-${tag}@example.com`);
    await friend.press(visitor.getByRole("button", { name: "Accept invitation" }));
    await expect(visitor.getByRole("status", { name: "Code" })).toHaveText(/^GW-/);
  });

  await test.step("the owner opens another shop, and goes back by the switcher", async () => {
    await page.goto("/account/new-shop");
    await expectAccessible(page);
    await page.getByLabel("Shop name").fill(`Second ${tag}`);
    await page.getByLabel("Currency").selectOption("USD");
    await page.getByRole("button", { name: "Open shop" }).click();
    await expect(page).toHaveURL(/\/admin\/second-/);
    if (isMobile) await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("button", { name: `Second ${tag}` }).click();
    await page.getByRole("menuitem", { name: `Bean and Leaf ${tag}` }).click();
    await expect(page).toHaveURL(new RegExp(`${admin}$`));
  });

  console.log(
    `From sign-up to a friend's coupon: owner ${owner}; advocate ${advocate}; friend ${friend}; ` +
      `${Math.round((performance.now() - begun) / 1_000)} s by a machine`,
  );
  expect(owner).toMatchObject({ fields: 6, presses: 5 });
  expect(advocate).toMatchObject({ fields: 2, presses: 3 });
  expect(friend).toMatchObject({ fields: 1, presses: 1 });
});
