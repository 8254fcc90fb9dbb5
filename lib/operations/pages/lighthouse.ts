import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium, type Page } from "@playwright/test";
import lighthouse, { desktopConfig, type Flags } from "lighthouse";
import { servingVariables } from "@/lib/core/database/address";
import { loadEnvironmentFile } from "@/lib/core/env";
import { buildForProduction, isBuildStale } from "../build";
import { prepareDatabase } from "../database/prepare";
import { dataDirectory, keptAuthSecret, openDatabase } from "../postgres/data-directory";
import { freePort } from "../processes/processes";
import { supervise } from "../processes/supervisor";
import { type DemoFacts, runSeed } from "../seeding";
import { ensureChromium } from "../testing/chromium";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"] as const;
type Category = (typeof CATEGORIES)[number];
type Scores = Partial<Record<Category, number>>;

/** A page, what comes before it, and the least that it must score, of 100. */
type Audited = {
  name: string;
  url: string;
  enter?: (page: Page) => Promise<void>;
  desktop?: boolean;
  least: Scores;
};

const ALL_95: Scores = { performance: 95, accessibility: 95, "best-practices": 95, seo: 95 };

/**
 * `npm run lighthouse`: what Lighthouse says of the production build with the demo's data, as a
 * table. Nothing leaves this machine.
 * @throws Error when a page scores less than it must
 */
export async function main(): Promise<void> {
  loadEnvironmentFile();
  const executablePath = await ensureChromium();
  if (isBuildStale()) await buildForProduction();
  const { facts, stop } = await serveDemo();
  const folder = mkdtempSync(path.join(os.tmpdir(), "goodword-lighthouse-"));
  try {
    const port = await freePort();
    const browser = await chromium.launchPersistentContext(folder, {
      executablePath,
      args: ["--no-sandbox", `--remote-debugging-port=${port}`],
    });
    const faults: string[] = [];
    for (const audited of pagesOf(facts)) faults.push(...(await audit(audited, browser, port)));
    await browser.close();
    if (faults.length > 0) throw new Error(`Below what they must score: ${faults.join(", ")}.`);
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The web server on the demo's data, as `npm run demo` has it; the data stay. */
async function serveDemo(): Promise<{ facts: DemoFacts; stop: () => Promise<void> }> {
  const dataDir = dataDirectory();
  const postgres = await openDatabase(dataDir);
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: postgres.url,
    AUTH_SECRET: keptAuthSecret(dataDir),
    PORT: String(port),
    HOST: "127.0.0.1",
    APP_URL: baseUrl,
    GOODWORD_DATA_DIR: dataDir,
    GOODWORD_ROLE: "web",
  };
  Object.assign(process.env, env);
  await prepareDatabase(postgres.url);
  const facts = await runSeed(baseUrl, dataDir);
  const server = supervise(
    "web server",
    path.resolve("server.ts"),
    { ...env, ...servingVariables(postgres.url) },
    path.join(dataDir, "lighthouse.log"),
    () => {},
  );
  await server.ready;
  const stop = async () => {
    await server.stop();
    await postgres.stop();
  };
  return { facts, stop };
}

/** Strangers' pages first: whoever is signed in sees others. */
function pagesOf(facts: DemoFacts): Audited[] {
  const { origin } = new URL(facts.inviteUrl);
  return [
    { name: "front door", url: `${origin}/`, least: ALL_95 },
    { name: "friend's page", url: facts.inviteUrl, least: ALL_95 },
    {
      name: "customer's page",
      url: `${origin}/refer/${facts.program}`,
      enter: async (page) => {
        await page.goto(facts.customer.signInUrl);
        await page.waitForURL(`${origin}/refer/${facts.program}`);
      },
      least: ALL_95,
    },
    {
      name: "overview",
      url: `${origin}/admin/${facts.merchant}`,
      enter: async (page) => {
        await page.goto(`${origin}/sign-in`);
        await page.getByLabel("Email").fill(facts.admin.email);
        await page.getByLabel("Password").fill(facts.admin.password);
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
        await page.waitForURL(`${origin}/admin/**`);
      },
      // Read at a desk.
      desktop: true,
      least: { performance: 90 },
    },
  ];
}

type Browser = { newPage: () => Promise<Page> };

/** How often a page is measured: whatever else the machine does only makes it slower. */
const TRIES = 3;

/** Audits a page and prints its best scores. @returns those that are too low */
async function audit(audited: Audited, browser: Browser, port: number): Promise<string[]> {
  const { name, enter, least } = audited;
  if (enter) {
    const page = await browser.newPage();
    await enter(page);
    await page.close();
  }
  let best = await measure(audited, port);
  for (let tries = 1; tries < TRIES && tooLow(best, least).length > 0; tries += 1) {
    const next = await measure(audited, port);
    if (scoreOf(next, "performance") > scoreOf(best, "performance")) best = next;
  }
  const words = CATEGORIES.map(
    (category) => `${category} ${String(scoreOf(best, category)).padStart(3)}`,
  );
  console.log(`${name.padEnd(16)} ${words.join("   ")}`);
  for (const category of CATEGORIES) if (scoreOf(best, category) < 100) printCauses(best, category);
  return tooLow(best, least).map((category) => `${name} ${category} ${scoreOf(best, category)}`);
}

/** One measurement. @throws Error where the page leads on to another one */
async function measure({ name, url, desktop }: Audited, port: number): Promise<Report> {
  // Lighthouse empties the cache before each page and leaves the cookies of who is signed in.
  const flags: Flags = { port, logLevel: "error" };
  const result = await lighthouse(
    url,
    { ...flags, onlyCategories: [...CATEGORIES] },
    desktop ? desktopConfig : undefined,
  );
  if (!result) throw new Error(`Lighthouse has nothing to say of the ${name}.`);
  const shown = new URL(result.lhr.finalDisplayedUrl).pathname;
  if (shown !== new URL(url).pathname) throw new Error(`The ${name} led on to ${shown}.`);
  return result.lhr;
}

const scoreOf = ({ categories }: Report, category: Category) =>
  Math.round((categories[category]?.score ?? 0) * 100);

const tooLow = (report: Report, least: Scores) =>
  CATEGORIES.filter((category) => scoreOf(report, category) < (least[category] ?? 0));

type Report = NonNullable<Awaited<ReturnType<typeof lighthouse>>>["lhr"];

/** What costs a category points. */
function printCauses({ categories, audits }: Report, category: Category): void {
  for (const { id, weight } of categories[category]?.auditRefs ?? []) {
    const found = audits[id];
    if (weight > 0 && found && found.score !== null && found.score < 0.95)
      console.log(`  ${category}: ${found.title} ${found.displayValue ?? ""}`.trimEnd());
  }
}
