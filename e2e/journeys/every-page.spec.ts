import type { Page } from "@playwright/test";
import { openShop as openFullShop } from "@/lib/auth/matrix/testing/open-shop";
import type { Shop } from "@/lib/auth/matrix/testing/shop";
import { issueToken } from "@/lib/auth/sign-in/login-token";
import { prismaFor } from "@/lib/core/db";
import { randomCharacters } from "@/lib/core/id";
import { createLeaderboard } from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { inviteMember } from "@/lib/merchants/commands/team";
import type { Scope } from "@/lib/merchants/scope";
import { answerUrl } from "@/lib/messaging/rules/answer-link";
import { unsubscribeUrl } from "@/lib/messaging/rules/unsubscribe-link";
import { confirmUrl } from "@/lib/rewards/destinations/rules/confirm-link";
import { requestTestDetails } from "@/lib/rewards/destinations/testing";
import { accessibilityFaults, contrastFaults } from "../support/accessibility";
import { customerToken, signIn, signInCustomer } from "../support/session";
import { connectDatabase } from "../support/shop";
import { expect, test } from "../support/test";
import { layoutFaults } from "../support/walk/layout";
import { routesOfApp } from "../support/walk/routes";
import { walk } from "../support/walk/walk";

/**
 * Every page of the product, found by its folders and links, at the width of the project: nothing
 * scrolls sideways, nothing one can press is out of sight, no text is cut, nothing complains, and
 * axe finds nothing serious. The desktop is looked at in light and its colors in dark too, the
 * phone the other way round.
 */

const ROUTES = routesOfApp();

/** Pages that are no page to walk to, and who looks at them. */
const ELSEWHERE = {
  "/admin": "leads on to a shop",
  "/sign-in/code": "journeys/two-step.spec.ts",
};

let shop: Shop;

test.beforeAll(async () => {
  await connectDatabase();
  shop = await openFullShop(`walk-${randomCharacters(6).toLowerCase()}`);
  await createLeaderboard(asOwner(shop), {
    programId: shop.program.id,
    name: { en: "Best of the month", sq: "", zh: "" },
    metric: "referrals",
    cadence: "month",
    startsAt: null,
    endsAt: null,
    graceHours: 0,
    prizes: [],
  });
});

test.use({
  // A record of every page would take longer than the walk.
  trace: "off",
  // Colors are what they will be at once, also after a change of theme.
  contextOptions: { reducedMotion: "reduce" },
  colorScheme: ({ isMobile }, provide) => provide(isMobile ? "dark" : "light"),
});

const asOwner = ({ scope, members }: Shop) =>
  ({
    ...scope,
    actor: { kind: "member", id: members.owner, label: "Owner", role: "owner" },
  }) as Scope;

/** Walks, and fails with all that is wrong and with the pages that no link leads to. */
async function expectSound(
  page: Page,
  theme: "light" | "dark" | "no-preference" | null | undefined,
  { within, ...from }: { baseURL: string; starts: string[]; within: RegExp },
): Promise<void> {
  const faults: string[] = [];
  const seen = await walk(page, ROUTES, {
    ...from,
    within,
    look: async (shown) => {
      const layout = await layoutFaults(page);
      const inOwn = await accessibilityFaults(page);
      await page.emulateMedia({ colorScheme: theme === "dark" ? "light" : "dark" });
      const inOther = await contrastFaults(page);
      await page.emulateMedia({ colorScheme: theme });
      const found = [...layout, ...[...inOwn, ...inOther].map((one) => JSON.stringify(one))];
      faults.push(...found.map((fault) => `${shown}: ${fault}`));
    },
  });
  const pages = ROUTES.map(({ pattern }) => pattern).filter(
    (pattern) => within.test(pattern) && !(pattern in ELSEWHERE),
  );
  expect(faults).toEqual([]);
  expect(pages.filter((pattern) => !seen.has(pattern))).toEqual([]);
}

test("the pages of a member", async ({ page, context, baseURL, colorScheme }) => {
  test.setTimeout(300_000);
  const home = `/admin/${shop.slug}`;
  // Links lead there only at times: with cash to pay, a draft to try, arms to compare.
  const program = `/programs/${shop.program.id}`;
  const atTimes = ["/rewards/payouts/new", `${program}/replay`, `${program}/experiment`];
  await signIn(context, baseURL!, shop.members.owner);
  await expectSound(page, colorScheme, {
    baseURL: baseURL!,
    starts: [home, "/account", ...atTimes.map((path) => `${home}${path}`)],
    within: /^\/(admin\/|account)/,
  });
});

test("the pages of a customer", async ({ page, context, baseURL, colorScheme }) => {
  const { merchantId } = shop.scope;
  await signInCustomer(context, baseURL!, { merchantId, customerId: shop.customer.id });
  const home = `/refer/${shop.program.slug}`;
  const asked = await requestTestDetails(shop.scope, shop.customer.id);
  const confirm = new URL(confirmUrl(shop.program.slug, asked)).pathname;
  const other = await customerToken(shop.keys.secret, { id: "other", email: "o@example.com" });
  await expectSound(page, colorScheme, {
    baseURL: baseURL!,
    starts: [home, confirm, `${home}/switch?token=${other}`, `${home}/enter?token=none`],
    within: /^\/refer\//,
  });
});

test("the pages of a stranger", async ({ page, baseURL, colorScheme }) => {
  const { scope, customer, program } = shop;
  const { merchantId } = scope;
  const email = `owner@${scope.merchantSlug}.example.com`;
  const reset = await issueToken(prismaFor("goodword_app"), { purpose: "reset", email });
  const invite = await inviteMember(asOwner(shop), { email: "new@example.com", role: "support" });
  const [answer, unsubscribe] = [
    answerUrl(customer.code, {
      merchantId,
      referralId: shop.reviewedReferralId,
      email: `${shop.slug}-cem@example.com`,
    }),
    unsubscribeUrl({ merchantId, customerId: customer.id }),
  ].map((url) => new URL(url).pathname);
  await expectSound(page, colorScheme, {
    baseURL: baseURL!,
    starts: [
      "/",
      "/forgot",
      "/sign-up",
      "/docs",
      `/i/${customer.code}`,
      answer!,
      unsubscribe!,
      `/reset/${reset}`,
      `/invite/${invite.token}`,
      `/refer/${program.slug}`,
    ],
    within: /^\/(?!admin|account|refer\/[^/]+\/)/,
  });
});
