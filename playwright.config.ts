import { defineConfig, devices } from "@playwright/test";
import { findChromium } from "./lib/operations/testing/chromium";

// Read again by each worker process, which inherits what is set here.
const port = (process.env.GOODWORD_E2E_PORT ??= String(
  20_000 + Math.floor(Math.random() * 20_000),
));
const baseURL = `http://localhost:${port}`;

const launchOptions = {
  executablePath: (await findChromium()) ?? undefined,
  args: [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
};

/**
 * The production build on an empty database (e2e/support/server/server.ts), driven as people
 * and shops would.
 */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL,
    locale: "en-US",
    actionTimeout: 20_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions,
  },
  projects: [
    { name: "api", testDir: "e2e/api" },
    {
      name: "desktop",
      testDir: "e2e/journeys",
      use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } },
    },
    {
      name: "phone",
      testDir: "e2e/journeys",
      use: {
        ...devices["Pixel 7"],
        viewport: { width: 390, height: 844 },
        screen: { width: 390, height: 844 },
      },
    },
  ],
  webServer: {
    command: "node --import tsx e2e/support/server/server.ts",
    env: { PORT: port },
    port: Number(port),
    timeout: 180_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
    stdout: "ignore",
    stderr: "pipe",
  },
});
